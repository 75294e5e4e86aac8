package core

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"org.leaklab/bench/internal/crew"
	"org.leaklab/bench/internal/row"
)

func BenchmarkRendezvousOneToOne(b *testing.B) {
	measure(b, "value", "", items, func() []crew.Part { return through(make(chan int), 1) })
}

func BenchmarkRendezvousFourToFour(b *testing.B) {
	measure(b, "value", "", items, func() []crew.Part { return through(make(chan int), 4) })
}

func BenchmarkPingPong(b *testing.B) { measure(b, "roundTrip", "", items, thereAndBack) }

func BenchmarkBufferedOneToOne(b *testing.B) {
	measure(b, "value", "", items, func() []crew.Part { return through(make(chan int, 100), 1) })
}

func BenchmarkBufferedFourToFour(b *testing.B) {
	measure(b, "value", "", items, func() []crew.Part { return through(make(chan int, 100), 4) })
}

func BenchmarkSelectOfTwo(b *testing.B)       { withCapacity(b, ofTwo) }
func BenchmarkSelectDataOrDone(b *testing.B)  { withCapacity(b, dataOrDone) }
func BenchmarkSelectWithTimeout(b *testing.B) { withCapacity(b, withTimeout) }

func BenchmarkForkJoin(b *testing.B)         { measure(b, "task", "", tasks, forkAndJoin) }
func BenchmarkMutexHandOff(b *testing.B)     { measure(b, "turn", "", turns, contended) }
func BenchmarkMutexAlone(b *testing.B)       { measure(b, "turn", "", turns, uncontended) }
func BenchmarkWaitGroupHandOff(b *testing.B) { measure(b, "turn", "", turns, countedDown) }

func withCapacity(b *testing.B, parts func(int) []crew.Part) {
	for _, capacity := range []int{0, 100} {
		measure(b, "value", fmt.Sprint("capacity=", capacity, "/"), items, func() []crew.Part { return parts(capacity) })
	}
}

// measure has a row with as many processors as there are, and one with one of them. Each round must give the sum of all.
func measure(b *testing.B, method, setting string, all int, parts func() []crew.Part) {
	for _, carriers := range []string{"default", "1"} {
		name := method + "/" + setting + "carriers=" + carriers + "/implementation=go/threads=virtual"
		b.Run(name, func(b *testing.B) {
			row.Begin(b)
			if carriers == "1" {
				defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
			}
			c := crew.Of(parts()...)
			defer c.Close()
			for b.Loop() {
				if sum := c.Round(); sum != all {
					b.Fatalf("a round gave %d of %d", sum, all)
				}
			}
			row.Nanos(b, all)
		})
	}
}

func TestEveryRoundIsWhole(t *testing.T) {
	rounds := map[string]struct {
		parts []crew.Part
		all   int
	}{
		"hand-off, one to one":   {through(make(chan int), 1), items},
		"hand-off, four to four": {through(make(chan int), 4), items},
		"ping-pong":              {thereAndBack(), items},
		"buffered":               {through(make(chan int, 100), 4), items},
		"select of two":          {ofTwo(0), items},
		"data or done":           {dataOrDone(100), items},
		"with timeout":           {withTimeout(0), items},
		"fork and join":          {forkAndJoin(), tasks},
		"mutex, contended":       {contended(), turns},
		"mutex, alone":           {uncontended(), turns},
		"wait groups":            {countedDown(), turns},
	}
	for name, round := range rounds {
		t.Run(name, func(t *testing.T) {
			c := crew.Of(round.parts...)
			defer c.Close()
			for range 2 {
				if sum := c.Round(); sum != round.all {
					t.Fatalf("a round gave %d of %d", sum, round.all)
				}
			}
		})
	}
}

// TestAValueThatIsLostShows replaces a receiver by one that drops a value.
func TestAValueThatIsLostShows(t *testing.T) {
	pipe := make(chan int)
	parts := through(pipe, 1)
	whole := parts[1]
	parts[1] = func() int { return whole() - 1 }
	c := crew.Of(parts...)
	defer c.Close()
	if sum := c.Round(); sum == items {
		t.Fatal("a round that lost a value has the sum of one that did not")
	}
}

// TestTheContendedMutexIsWaitedFor looks at what the goroutines do during a round.
func TestTheContendedMutexIsWaitedFor(t *testing.T) {
	c := crew.Of(contended()...)
	defer c.Close()
	ended := make(chan int)
	go func() {
		for range 20 {
			c.Round()
		}
		close(ended)
	}()
	buffer := make([]byte, 1<<20)
	for {
		select {
		case <-ended:
			t.Fatal("in 20 rounds no goroutine was seen to wait for the mutex")
		default:
			if strings.Contains(string(buffer[:runtime.Stack(buffer, true)]), "[sync.Mutex.Lock") {
				<-ended
				return
			}
		}
	}
}
