import Berth

// A guest with the IGD of a Kaby Lake laptop, as docs/topology-files.md describes it.
let text = """
    name: living-room
    machine: pc
    memory: 4GiB
    stack: debian-13
    igd:
      platform: kaby-lake
      at: 00:02.0
      host: 0000:00:02.0
      stolen-memory: 64MiB
      opregion: 8KiB
      rom: host
    devices:
      - {model: virtio-net-pci, id: net0, at: 00:03.0}
    """
let guest = try Guest(topologyFile: text.utf8, file: "living-room.yaml")

switch try Planner().plan(guest) {
case .plan(let plan), .undecided(let plan?, _):
    for berth in plan.berths { print(berth) }
    let prediction = try Prediction(plan.guest, then: [.reboot])
    print("net0 is at \(try prediction.address(of: "net0")?.short ?? "no address")")
    print("\(prediction.timeline.events.count) times a BAR comes, goes or moves, a reboot included")
    print(try LibvirtXML.write(plan.emittable()))
case .infeasible(let why): print(why)
case .undecided(nil, let progress): print("gave up after \(progress.judgedPairs) of \(progress.allPairs) pairs")
}
