// Package detection asks how long one look of Go's own profiles takes beside stuck goroutines, in the shape of
// org.leaklab.bench.detection.
package detection

import (
	"bytes"
	"fmt"
	"regexp"
	"runtime/pprof"
	"strconv"
	"testing"
	"time"

	"org.leaklab/bench/internal/row"
	"org.leaklab/bench/internal/stuck"
)

// BenchmarkDetectionPass looks once at goroutines that it has not seen before. Before, it looks at none.
func BenchmarkDetectionPass(b *testing.B) {
	for _, detector := range []string{"goroutine", "goroutineleak"} {
		for _, size := range []int{1_000, 10_000, 100_000} {
			b.Run(fmt.Sprintf("pass/detector=%s/stuck=%d", detector, size), func(b *testing.B) {
				row.Single(b)
				before := look(b, detector)
				population := planted(b, size)
				start := time.Now()
				reported := look(b, detector)
				elapsed := time.Since(start)
				if more := reported - before; more != size {
					b.Fatalf("the profile %s reports %d goroutines more, not %d", detector, more, size)
				}
				if err := population.Verify(); err != nil {
					b.Fatal(err)
				}
				row.Millis(b, elapsed)
				b.ReportMetric(float64(reported-before), "reported-threads")
			})
		}
	}
}

func planted(t testing.TB, size int) *stuck.Population {
	population := stuck.New(stuck.On("channel"), 0, 0)
	if err := population.Add(size); err != nil {
		t.Fatal(err)
	}
	return population
}

var total = regexp.MustCompile(`^\w+ profile: total (\d+)`)

// look takes a profile as text, and returns how many goroutines it reports.
func look(t testing.TB, profile string) int {
	found := pprof.Lookup(profile)
	if found == nil {
		t.Fatalf("this Go has no profile %s: 1.26 has goroutineleak where it is built with GOEXPERIMENT=goroutineleakprofile",
			profile)
	}
	var text bytes.Buffer
	if err := found.WriteTo(&text, 1); err != nil {
		t.Fatal(err)
	}
	match := total.FindSubmatch(text.Bytes())
	if match == nil {
		t.Fatalf("the profile %s does not say how many it reports: %.80q", profile, text.Bytes())
	}
	reported, err := strconv.Atoi(string(match[1]))
	if err != nil {
		t.Fatal(err)
	}
	return reported
}

func TestLeakedOnesAreReported(t *testing.T) {
	before := look(t, "goroutineleak")
	planted(t, 100)
	if more := look(t, "goroutineleak") - before; more != 100 {
		t.Errorf("of 100 leaked goroutines %d are reported", more)
	}
}

// TestWhatCanBeWokenIsNotReported waits on a channel that this test still holds.
func TestWhatCanBeWokenIsNotReported(t *testing.T) {
	before := look(t, "goroutineleak")
	all := look(t, "goroutine")
	held := make(chan int)
	for range 100 {
		go func() { <-held }()
	}
	for look(t, "goroutine")-all < 100 {
		time.Sleep(time.Millisecond)
	}
	if more := look(t, "goroutineleak") - before; more != 0 {
		t.Errorf("%d goroutines are reported that can be woken", more)
	}
	close(held)
}
