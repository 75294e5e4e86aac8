// Package collector asks what stuck goroutines do to a full collection, in the shape of org.leaklab.bench.collector.
package collector

import (
	"runtime"
	"testing"

	"org.leaklab/bench/internal/row"
	"org.leaklab/bench/internal/stuck"
)

const (
	depth   = 20
	payload = 1024
	warmUps = 2
)

// BenchmarkCollectorImpact collects beside goroutines that are stuck twenty calls deep with a kilobyte each. The
// collection runs beside the program, which here does nothing but wait for its end.
func BenchmarkCollectorImpact(b *testing.B) {
	for _, beside := range []struct {
		word string
		size int
	}{{"none", 0}, {"10000-virtual", 10_000}, {"100000-virtual", 100_000}} {
		b.Run("Go/full/beside="+beside.word, func(b *testing.B) {
			row.Begin(b)
			population := planted(b, beside.size)
			for range warmUps {
				runtime.GC()
			}
			before := collections()
			for b.Loop() {
				runtime.GC()
			}
			row.Millis(b, b.Elapsed())
			if ran := collections() - before; ran < b.N {
				b.Fatalf("%d collections ran, not %d", ran, b.N)
			}
			if err := population.Verify(); err != nil {
				b.Fatal(err)
			}
		})
	}
}

// population is what is stuck in this process; it never gets smaller.
var population = stuck.New(stuck.On("channel"), depth, payload)

// planted adds what is missing.
func planted(t testing.TB, size int) *stuck.Population {
	if population.Size() > size {
		t.Fatalf("%d goroutines are stuck already, and %d were wanted: run one row a process", population.Size(), size)
	}
	if err := population.Add(size - population.Size()); err != nil {
		t.Fatal(err)
	}
	return population
}

func collections() int {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return int(stats.NumForcedGC)
}

func TestACollectionIsCounted(t *testing.T) {
	before := collections()
	runtime.GC()
	runtime.GC()
	if ran := collections() - before; ran != 2 {
		t.Errorf("%d collections were counted, not 2", ran)
	}
}

// TestStuckOnesOutliveCollections would fail if a collection freed what nothing can wake.
func TestStuckOnesOutliveCollections(t *testing.T) {
	population := planted(t, 100)
	runtime.GC()
	if err := population.Verify(); err != nil {
		t.Error(err)
	}
}
