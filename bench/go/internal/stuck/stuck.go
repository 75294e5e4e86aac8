// Package stuck gets goroutines stuck by the thousand: all in the same way, at the bottom of so many calls, each with so
// many bytes in its hands. They stay stuck until the process ends, as leaked goroutines do.
package stuck

import (
	"fmt"
	"runtime"
	"runtime/metrics"
	"strings"
	"time"
)

const (
	patience = time.Minute
	pause    = time.Millisecond
	park     = "runtime.gopark"
	pkg      = "org.leaklab/bench/internal/stuck."
)

// Population is goroutines that are stuck in one way. Not safe for use by several goroutines.
type Population struct {
	way     Way
	depth   int
	payload int
	wait    func()
	size    int
}

// New has none as yet.
func New(way Way, depth, payload int) *Population {
	return &Population{way: way, depth: depth, payload: payload, wait: way.prepare()}
}

// Add starts goroutines and returns when as many more wait. It allocates next to nothing, so that memory may be measured
// afterwards; what they wait on is then for Verify to say.
func (p *Population) Add(count int) error {
	before := waiting()
	for range count {
		go p.stuckWith(make([]byte, p.payload))
	}
	p.size += count
	for end := time.Now().Add(patience); waiting() < before+count; time.Sleep(pause) {
		if time.Now().After(end) {
			return fmt.Errorf("of %d goroutines that should be stuck on %s, %d wait after %v",
				count, p.way.Word, waiting()-before, patience)
		}
	}
	return nil
}

// Size is how many were added.
func (p *Population) Size() int { return p.size }

// Verify looks at every goroutine of the process: are all of these parked in the function that is to wait?
func (p *Population) Verify() error {
	if parked := Parked(p.way); parked != p.size {
		return fmt.Errorf("of %d goroutines that should be stuck on %s, %d are parked there", p.size, p.way.Word, parked)
	}
	return nil
}

// Parked counts the goroutines of the process that are parked in a way. It takes about 300 bytes for each goroutine.
func Parked(way Way) int {
	records := make([]runtime.StackRecord, runtime.NumGoroutine()+100)
	n, ok := runtime.GoroutineProfile(records)
	for !ok {
		records = make([]runtime.StackRecord, 2*n)
		n, ok = runtime.GoroutineProfile(records)
	}
	parked := 0
	for i := range records[:n] {
		if isParked(records[i].Stack(), pkg+way.leaf) {
			parked++
		}
	}
	return parked
}

func isParked(stack []uintptr, leaf string) bool {
	frames := runtime.CallersFrames(stack)
	for top := true; ; top = false {
		frame, more := frames.Next()
		if top && frame.Function != park {
			return false
		}
		if frame.Function == leaf {
			return true
		}
		if !more || strings.HasPrefix(frame.Function, pkg) {
			return false
		}
	}
}

func waiting() int {
	sample := []metrics.Sample{{Name: "/sched/goroutines/waiting:goroutines"}}
	metrics.Read(sample)
	return int(sample[0].Value.Uint64())
}

func (p *Population) stuckWith(held []byte) {
	for i := range held { // what was never written may have no memory behind it
		held[i] = 1
	}
	p.descend(p.depth, 1, 2)
	runtime.KeepAlive(held)
}

// descend calls itself, with something to come back to, and waits at the bottom.
//
//go:noinline
func (p *Population) descend(left, one, other int) int {
	if left == 0 {
		p.wait()
		return one
	}
	return p.descend(left-1, other, one+left) + other
}
