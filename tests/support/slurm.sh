#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Runs a command beside a Slurm of one node on this host, with its own key, ports and state, and ends it afterwards:
#   slurm.sh FOLDER COMMAND...
# FOLDER keeps key, state and logs. Exit 77 and one line: there is no Slurm here, or it does not start.
set -euo pipefail
folder=$(readlink -f "$1")
shift
PATH=$PATH:/usr/sbin:/sbin

not_run() { echo "not run: $*"; exit 77; }
for program in munged slurmctld slurmd sbatch sinfo; do
  command -v "$program" >/dev/null || not_run "$program is not installed (packages munge and slurm-wlm)"
done
[ "$(id -u)" -eq 0 ] || not_run "slurmd needs root"

started=()
finish() {
  for ((at = ${#started[@]} - 1; at >= 0; at--)); do
    kill "${started[at]}" 2>/dev/null || true
  done
  wait || true
}
trap finish EXIT

port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

mkdir -p "$folder/state" "$folder/spool"
chmod 700 "$folder"
dd if=/dev/urandom of="$folder/munge.key" bs=1024 count=1 status=none
chmod 400 "$folder/munge.key"
munged --foreground --force --key-file="$folder/munge.key" --socket="$folder/munge.socket" \
  --pid-file="$folder/munge.pid" --seed-file="$folder/munge.seed" --log-file="$folder/munge.log" >/dev/null 2>&1 &
started+=($!)

cat >"$folder/slurm.conf" <<CONF
ClusterName=assay
SlurmctldHost=$(hostname)(127.0.0.1)
SlurmctldPort=$(port)
SlurmdPort=$(port)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/munge.socket
CredType=cred/munge
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
NodeName=node NodeHostname=$(hostname) NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=main Nodes=node Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF=$folder/slurm.conf

await() { # COMMAND...: true within half a minute
  for _ in $(seq 150); do
    "$@" >/dev/null 2>&1 && return 0
    sleep 0.2
  done
  return 1
}

await test -S "$folder/munge.socket" || not_run "munged does not start: $(tail -n 1 "$folder/munge.log" 2>/dev/null)"
slurmctld -D -f "$SLURM_CONF" >/dev/null 2>&1 &
started+=($!)
slurmd -D -N node -f "$SLURM_CONF" >/dev/null 2>&1 &
started+=($!)
idle() { [ "$(sinfo --noheader --format=%T)" = idle ]; }
await idle || not_run "slurm does not start: $(tail -qn 1 "$folder"/slurm*.log 2>/dev/null | tr '\n' ' ')"

"$@"
