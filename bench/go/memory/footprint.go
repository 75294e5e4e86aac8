// Package memory asks what a population of stuck goroutines retains, in the shape of org.leaklab.bench.memory: one
// population a process, in five sizes. The command memory-table makes bytes a goroutine of the five by regression.
package memory

import (
	"os"
	"runtime"
	"strconv"
	"strings"
)

const collections = 3

// footprint is the memory of this process at a moment, in bytes.
type footprint struct {
	objects  int64 // live heap after collection
	stacks   int64 // stacks of goroutines, which are not in the heap
	resident int64 // resident set size; 0 where the system does not tell
}

// heap is what a JVM has in its heap: objects, and the stacks of what waits.
func (f footprint) heap() int64 { return f.objects + f.stacks }

// now collects, and looks.
func now() footprint {
	least := footprint{objects: 1 << 62}
	for range collections { // what one collection only makes collectable goes with the next
		runtime.GC()
		var stats runtime.MemStats
		runtime.ReadMemStats(&stats)
		if f := (footprint{objects: int64(stats.HeapAlloc), stacks: int64(stats.StackInuse)}); f.heap() < least.heap() {
			least = f
		}
	}
	least.resident = resident()
	return least
}

func (f footprint) since(before footprint) footprint {
	return footprint{f.objects - before.objects, f.stacks - before.stacks, f.resident - before.resident}
}

func resident() int64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if words := strings.Fields(line); len(words) > 1 && words[0] == "VmRSS:" {
			kilobytes, _ := strconv.ParseInt(words[1], 10, 64)
			return kilobytes << 10
		}
	}
	return 0
}
