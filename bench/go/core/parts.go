// Package core asks what the primitives of Go cost, in the shapes of org.leaklab.bench.core: so many goroutines, so many
// values a round, and the same sums by which a round shows that all came through.
package core

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"org.leaklab/bench/internal/crew"
)

const (
	items = 10_000 // values a round, over all senders
	turns = 10_000 // turns a round, over all goroutines
	tasks = 1_000
)

// through has so many senders and as many receivers share one channel.
func through(pipe chan int, pairs int) []crew.Part {
	share := items / pairs
	var parts []crew.Part
	for range pairs {
		parts = append(parts, sender(pipe, share), func() int {
			sum := 0
			for range share {
				sum += <-pipe
			}
			return sum
		})
	}
	return parts
}

func sender(pipe chan<- int, share int) crew.Part {
	return func() int {
		for range share {
			pipe <- 1
		}
		return 0
	}
}

// thereAndBack has one goroutine send each value there, and the other send it back.
func thereAndBack() []crew.Part {
	there, back := make(chan int), make(chan int)
	return []crew.Part{
		func() int {
			sum := 0
			for range items {
				there <- 1
				sum += <-back
			}
			return sum
		},
		func() int {
			for range items {
				back <- <-there
			}
			return 0
		},
	}
}

// ofTwo has a sender at each of two channels, and a receiver that selects on both.
func ofTwo(capacity int) []crew.Part {
	first, second := make(chan int, capacity), make(chan int, capacity)
	return []crew.Part{sender(first, items/2), sender(second, items/2), func() int {
		sum := 0
		for range items {
			select {
			case value := <-first:
				sum += value
			case value := <-second:
				sum += value
			}
		}
		return sum
	}}
}

// dataOrDone has a receiver that selects on the data and on a cancellation that never comes.
func dataOrDone(capacity int) []crew.Part {
	data := make(chan int, capacity)
	ctx, cancel := context.WithCancel(context.Background())
	return []crew.Part{sender(data, items), func() int {
		sum := 0
		for range items {
			select {
			case value := <-data:
				sum += value
			case <-ctx.Done():
				cancel()
			}
		}
		return sum
	}}
}

// withTimeout has a receiver that waits for ten minutes at most, with a timer for each value.
func withTimeout(capacity int) []crew.Part {
	data := make(chan int, capacity)
	return []crew.Part{sender(data, items), func() int {
		sum := 0
		for range items {
			select {
			case value := <-data:
				sum += value
			case <-time.After(10 * time.Minute):
			}
		}
		return sum
	}}
}

// forkAndJoin has one goroutine start a goroutine for each task and wait for the end of all.
func forkAndJoin() []crew.Part {
	return []crew.Part{func() int {
		results := make([]int, tasks)
		var ended sync.WaitGroup
		for own := range results {
			ended.Go(func() { results[own] = 1 })
		}
		ended.Wait()
		sum := 0
		for _, result := range results {
			sum += result
		}
		return sum
	}}
}

// contended has four goroutines want one mutex. The one that is in yields the processor once, so that others come to
// wait. It counts the turns that nobody disturbed.
func contended() []crew.Part {
	const goroutines = 4
	var mutex sync.Mutex
	shared := 0
	var parts []crew.Part
	for range goroutines {
		parts = append(parts, func() int {
			undisturbed := 0
			for range turns / goroutines {
				mutex.Lock()
				shared++
				seen := shared
				runtime.Gosched()
				if shared == seen {
					undisturbed++
				}
				mutex.Unlock()
			}
			return undisturbed
		})
	}
	return parts
}

// uncontended has one goroutine go in and out alone.
func uncontended() []crew.Part {
	var mutex sync.Mutex
	return []crew.Part{func() int {
		inside := 0
		for range turns {
			mutex.Lock()
			inside++
			mutex.Unlock()
		}
		return inside
	}}
}

// counter is a sync.WaitGroup of one, a new one for each turn, as on the JVM. Only the goroutine that passes replaces it.
type counter struct {
	group atomic.Pointer[sync.WaitGroup]
}

func newCounter() *counter {
	c := new(counter)
	c.renew()
	return c
}

func (c *counter) renew() {
	group := new(sync.WaitGroup)
	group.Add(1)
	c.group.Store(group)
}

func (c *counter) open() { c.group.Load().Done() }

func (c *counter) pass() {
	c.group.Load().Wait()
	c.renew()
}

// countedDown has two goroutines that count each other down in turn, so that one of them always waits.
func countedDown() []crew.Part {
	there, back := newCounter(), newCounter()
	return []crew.Part{
		func() int {
			for range turns / 2 {
				there.open()
				back.pass()
			}
			return turns / 2
		},
		func() int {
			for range turns / 2 {
				there.pass()
				back.open()
			}
			return turns / 2
		},
	}
}
