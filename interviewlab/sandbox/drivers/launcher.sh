# Runs in a container as its main process: waits for one line and the files, runs it, and says at the end what the
# container's counters say. The line: token, number of files, CPU seconds, KiB of data, shell words to run. Before each
# file comes a line with its size, x for a program or - for what is none, and its name.
read -r token count cpu data command
while [ "$count" -gt 0 ]; do
    read -r size mode name
    case $name in */*) mkdir -p "${name%/*}" ;; esac
    head -c "$size" > "$name"
    [ "$mode" = - ] || chmod 700 "$name"
    count=$((count - 1))
done
ulimit -Sc 0; ulimit -Hc 0; ulimit -St "$cpu"; ulimit -Ht "$((cpu + 1))"; ulimit -Sd "$data"; ulimit -Hd "$data"
# The shell's own words on how a program died are not the candidate's: they go into a file that nobody else has. They
# alone tell a program that a signal ended from one that ends with 128 and the signal's number.
exec 3>&2 4>.said 5<.said
# Room for them, whatever the candidate fills.
echo >&4; read -r said <&5; rm .said
exec 2>&4
# The one signal for which a shell has a handler even as the first process: without a trap the candidate ends it so.
trap : INT
( eval "exec $command" 2>&3 3>&- 4>&- 5<&- )
status=$?
read -r said <&5; signaled=0
[ "$status" -gt 128 ] && [ -n "$said" ] && signaled=1
peak=0; cpu_ns=0; denied=0; oom=0
# Control groups of version 2 and of version 1 keep these in different files.
for f in /sys/fs/cgroup/memory.peak /sys/fs/cgroup/memory/memory.max_usage_in_bytes; do
    [ -r $f ] && read -r peak < $f
done
[ -r /sys/fs/cgroup/cpuacct/cpuacct.usage ] && read -r cpu_ns < /sys/fs/cgroup/cpuacct/cpuacct.usage
if [ -r /sys/fs/cgroup/cpu.stat ]; then
    while read -r k v; do [ "$k" = usage_usec ] && cpu_ns=${v}000; done < /sys/fs/cgroup/cpu.stat
fi
for f in /sys/fs/cgroup/pids.events /sys/fs/cgroup/pids/pids.events; do
    if [ -r $f ]; then while read -r k v; do [ "$k" = max ] && denied=$v; done < $f; fi
done
for f in /sys/fs/cgroup/memory.events /sys/fs/cgroup/memory/memory.oom_control; do
    if [ -r $f ]; then while read -r k v; do [ "$k" = oom_kill ] && oom=$v; done < $f; fi
done
# A candidate may have said of the pipes that nobody waits on them, and filled them: opened anew, a write waits again.
[ -w /proc/self/fd/3 ] && exec 3>/proc/self/fd/3
[ -w /proc/self/fd/1 ] && exec >/proc/self/fd/1
printf '\0%s %s %s %s %s %s %s\n' "$token" "$status" "$signaled" "$peak" "$cpu_ns" "$denied" "$oom" >&3
# The two streams arrive independently of each other: each has its own end.
printf '\0%s end\n' "$token"
exit "$status"
