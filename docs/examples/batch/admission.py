"""A validating admission webhook of Kubernetes that asks 'berth batch' about KubeVirt's virtual machines with an IGD.

    admission.py HOST [PORT]        serves reviews; TLS is for whatever stands in front
    admission.py HOST --stdin       answers one review on standard input

HOST is a dump of the nodes' host. What cannot be judged is let through: this is no gate for anything else.
"""

import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PREFIX = "berth.vm.kubevirt.io/"


class Worker:
    """A batch that runs as long as this does; one request at a time."""

    def __init__(self, host):
        self.host = host
        self.lock = threading.Lock()
        self.process = subprocess.Popen(
            ["berth", "batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def ask(self, request):
        with self.lock:
            self.process.stdin.write(json.dumps(request | {"host-path": self.host}) + "\n")
            self.process.stdin.flush()
            return json.loads(self.process.stdout.readline())


def guest(instance):
    """The guest as a topology, or nothing for a machine without an IGD."""
    domain = instance.get("spec", {}).get("domain", {})
    devices = domain.get("devices", {})
    given = devices.get("hostDevices", []) + devices.get("gpus", [])
    if not any(device.get("deviceName", "").startswith("intel.com/igd") for device in given):
        return None
    machine = domain.get("machine", {}).get("type", "q35")
    firmware = "ovmf" if "efi" in domain.get("firmware", {}).get("bootloader", {}) else "seabios"
    return {
        "name": instance.get("metadata", {}).get("name", "guest"),
        "machine": "q35" if "q35" in machine else "pc",
        "memory": domain.get("memory", {}).get("guest", "4Gi").replace("Gi", "GiB").replace("Mi", "MiB"),
        "firmware": firmware,
    }


def review(worker, body):
    request = body["request"]
    response = {"uid": request["uid"], "allowed": True}
    topology = guest(request["object"])
    if topology is not None:
        annotations = request["object"].get("metadata", {}).get("annotations", {})
        asked = {"verb": "plan", "id": request["uid"], "guest": topology}
        for key, name in (("purpose", "purpose"), ("guest", "guest-os"), ("stack", "stack")):
            if PREFIX + key in annotations:
                asked[name] = annotations[PREFIX + key]
        answer = worker.ask(asked)
        if answer["status"] == 1:
            facts = answer["result"].get("explanation") or {}
            response["allowed"] = False
            response["status"] = {"code": 422, "message": "berth: no plan for the IGD: " + json.dumps(facts)[:800]}
        elif answer["status"] == 0 and answer["result"]["verdict"] == "fails":
            response["allowed"] = False
            response["status"] = {"code": 422, "message": "berth: " + answer["result"]["sentence"]}
        elif answer["status"] != 0:
            response["warnings"] = ["berth: " + error["message"] for error in answer.get("errors", [])][:3]
    return {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "response": response}


def handler(worker):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            answer = json.dumps(review(worker, body)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

    return Handler


if __name__ == "__main__":
    worker = Worker(sys.argv[1])
    if sys.argv[2:] == ["--stdin"]:
        print(json.dumps(review(worker, json.load(sys.stdin))))
    else:
        port = int(sys.argv[2]) if len(sys.argv) > 2 else 8443
        ThreadingHTTPServer(("", port), handler(worker)).serve_forever()
