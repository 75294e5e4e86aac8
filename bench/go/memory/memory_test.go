package memory

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"org.leaklab/bench/internal/row"
	"org.leaklab/bench/internal/stuck"
)

const (
	fifths   = 5
	most     = 100_000
	mostDeep = 20_000 // to grow 100,000 stacks to 16 KB takes half a minute, and says no more
)

// BenchmarkRetainedMemory gets a population stuck and says what it retains. The time is that of getting it stuck. Warm is
// the name of its twin on the JVM; Go has no other code.
func BenchmarkRetainedMemory(b *testing.B) {
	for _, way := range stuck.Ways {
		populations(b, way, 0, 0)
	}
	for _, depth := range []int{50, 200} {
		populations(b, stuck.On("channel"), depth, 0)
	}
	populations(b, stuck.On("channel"), 0, 1024)
}

func populations(b *testing.B, way stuck.Way, depth, payload int) {
	largest := most
	if depth > 0 {
		largest = mostDeep
	}
	for fifth := 1; fifth <= fifths; fifth++ {
		name := fmt.Sprintf("Warm/stuck/depth=%d/fifths=%d/on=%s/payload=%d/threads=virtual", depth, fifth, way.Word, payload)
		b.Run(name, func(b *testing.B) {
			row.Single(b)
			size := largest * fifth / fifths
			more, elapsed, err := retained(way, depth, payload, size)
			if err != nil {
				b.Fatal(err)
			}
			row.Millis(b, elapsed)
			b.ReportMetric(float64(size), "population-threads")
			b.ReportMetric(float64(more.heap()), "heap-B")
			b.ReportMetric(float64(more.objects), "heap.objects-B")
			b.ReportMetric(float64(more.stacks), "heap.stacks-B")
			b.ReportMetric(float64(more.resident), "rss-B")
		})
	}
}

// retained measures what a population takes more than before, and how long it takes to get stuck.
func retained(way stuck.Way, depth, payload, size int) (footprint, time.Duration, error) {
	population := stuck.New(way, depth, payload)
	if err := population.Add(1); err != nil { // what the first one brings with it is not a goroutine's
		return footprint{}, 0, err
	}
	before := now()
	start := time.Now()
	if err := population.Add(size); err != nil {
		return footprint{}, 0, err
	}
	elapsed := time.Since(start)
	more := now().since(before)
	return more, elapsed, population.Verify()
}

// TestBytesThatAreHeldAreSeen holds a kilobyte more in each goroutine and none more.
func TestBytesThatAreHeldAreSeen(t *testing.T) {
	const size = 2_000
	without, _, err := retained(stuck.On("channel"), 0, 0, size)
	if err != nil {
		t.Fatal(err)
	}
	with, _, err := retained(stuck.On("select"), 0, 1024, size)
	if err != nil {
		t.Fatal(err)
	}
	if more := (with.objects - without.objects) / size; more < 1000 || more > 1400 {
		t.Errorf("1,024 bytes more in each goroutine show as %d", more)
	}
	if a := without.stacks / size; a < 1024 || a > 16<<10 {
		t.Errorf("a shallow stack takes %d bytes", a)
	}
}

func TestADeepStackTakesMore(t *testing.T) {
	const size = 1_000
	shallow, _, err := retained(stuck.On("latch"), 0, 0, size)
	if err != nil {
		t.Fatal(err)
	}
	deep, _, err := retained(stuck.On("object-wait"), 200, 0, size)
	if err != nil {
		t.Fatal(err)
	}
	if deep.stacks < 2*shallow.stacks {
		t.Errorf("200 calls deep %d bytes of stacks, shallow %d", deep.stacks, shallow.stacks)
	}
}

func TestResidentMemoryIsRead(t *testing.T) {
	if runtime.GOOS == "linux" && resident() < 1<<20 {
		t.Errorf("this process is said to take %d bytes", resident())
	}
}
