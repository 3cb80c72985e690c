# A guest with the host's Intel GPU, by the libvirt provider: nothing is made where berth finds no place for the GPU's memory.
#
# The provider writes the domain itself and lets an XSLT change it; berth-plan asks berth about the domain that comes out.

terraform {
  required_version = ">= 1.5"
  required_providers {
    libvirt  = { source = "dmacvicar/libvirt", version = "~> 0.8" }
    external = { source = "hashicorp/external", version = "~> 2.3" }
  }
}

provider "libvirt" {
  uri = "qemu:///system"
}

variable "host_dump" {
  description = "A folder or file with dumps of the host, as `berth host --collect` writes it."
  type        = string
}

variable "machine" {
  type    = string
  default = "pc"
}

variable "memory" {
  description = "MiB"
  type        = number
  default     = 4096
}

# Flat texts in, flat texts out: the interface of the external provider.
data "external" "plan" {
  program = ["${path.module}/berth-plan"]
  query = {
    guest = jsonencode({
      name     = "desktop"
      machine  = var.machine
      memory   = "${var.memory}MiB"
      firmware = "seabios"
    })
    host    = var.host_dump
    purpose = "display"
  }
}

resource "libvirt_domain" "desktop" {
  name    = "desktop"
  machine = var.machine
  memory  = var.memory
  vcpu    = 2

  xml {
    xslt = templatefile("${path.module}/igd.xsl", data.external.plan.result)
  }

  lifecycle {
    precondition {
      condition     = data.external.plan.result.verdict != "fails"
      error_message = "berth: ${data.external.plan.result.why}"
    }
  }
}

output "plan" {
  value = data.external.plan.result.why
}
