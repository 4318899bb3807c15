"""How loaded a machine is while something is measured: by what is measured, by other processes, and by other machines.

Reads /proc/stat and /proc/loadavg. Where these are the host's (most containers), so is what is said.
"""
import os
import resource

TICKS = os.sysconf("SC_CLK_TCK")
OTHERS_LIMIT = 0.05  # of all CPUs: more than that, by other processes, makes figures doubtful
STEAL_LIMIT = 0.01
LOAD_LIMIT = 0.25  # per CPU, before anything is measured


def cpu_times():
    """Returns the seconds that all CPUs were busy, were taken by the hypervisor, and had in all."""
    with open("/proc/stat") as stat:
        user, nice, system, idle, waiting, irq, softirq, steal = (int(each) for each in stat.readline().split()[1:9])
    busy = user + nice + system + irq + softirq
    return busy / TICKS, steal / TICKS, (busy + steal + idle + waiting) / TICKS


def own_seconds():
    """Returns the CPU seconds of this process and of its children that have ended: the load generators."""
    return sum(used.ru_utime + used.ru_stime
               for used in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)))


class MachineLoad:
    """What happens on the machine from now until the end."""

    def __init__(self, measured):
        """measured returns the CPU seconds so far of the processes that are measured."""
        self.measured = measured
        self.average = os.getloadavg()[0]
        self.before = (*cpu_times(), measured() + own_seconds())

    def end(self):
        """Returns shares of all CPUs during that time."""
        after = (*cpu_times(), self.measured() + own_seconds())
        busy, steal, everything, own = (now - then for now, then in zip(after, self.before))
        everything = max(everything, 1 / TICKS)
        return {"cpus": os.cpu_count(), "load_average_before": self.average, "load_average_after": os.getloadavg()[0],
                "own": own / everything, "others": max(busy - own, 0) / everything, "steal": steal / everything}


def sentence(load):
    """Describes the load in one line."""
    return (f"{load['cpus']} CPUs, load average {load['load_average_before']:.1f} before and "
            f"{load['load_average_after']:.1f} after; during the rounds servers and load used {load['own']:.0%} of all CPUs, "
            f"other processes {load['others']:.1%}, the hypervisor took {load['steal']:.1%}")


def warnings(load):
    """Says what makes figures doubtful: a sentence each."""
    found = []
    if load["others"] > OTHERS_LIMIT:
        found.append(f"other processes used {load['others']:.0%} of all CPUs (expected: at most {OTHERS_LIMIT:.0%}); "
                     "end them and measure again")
    if load["steal"] > STEAL_LIMIT:
        found.append(f"the hypervisor took {load['steal']:.1%} of all CPUs (expected: at most {STEAL_LIMIT:.0%}); "
                     "measure on another machine or at another time")
    if load["load_average_before"] > LOAD_LIMIT * load["cpus"] and load["others"] > OTHERS_LIMIT:
        found.append(f"the load average was {load['load_average_before']:.1f} on {load['cpus']} CPUs before the rounds")
    return found
