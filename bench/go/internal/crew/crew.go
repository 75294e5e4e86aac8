// Package crew has goroutines that do their parts of a round together, round after round.
package crew

import (
	"sync"
	"sync/atomic"
)

// Part is what one member does in a round. It returns its share of the round's sum, by which a round shows that all
// items came through.
type Part func() int

// Crew lives until it is closed. To begin and end a round costs some microseconds, so one should do thousands of things.
type Crew struct {
	turns []chan struct{}
	left  sync.WaitGroup
	ended sync.WaitGroup
	sum   atomic.Int64
}

// Of starts a goroutine for each part; they wait for the first round.
func Of(parts ...Part) *Crew {
	c := &Crew{}
	for _, part := range parts {
		turn := make(chan struct{}, 1)
		c.turns = append(c.turns, turn)
		c.ended.Go(func() {
			for range turn {
				c.sum.Add(int64(part()))
				c.left.Done()
			}
		})
	}
	return c
}

// Round lets every member do its part once and returns the sum of what the parts returned.
func (c *Crew) Round() int {
	c.sum.Store(0)
	c.left.Add(len(c.turns))
	for _, turn := range c.turns {
		turn <- struct{}{}
	}
	c.left.Wait()
	return int(c.sum.Load())
}

// Close ends the members and waits for their end.
func (c *Crew) Close() {
	for _, turn := range c.turns {
		close(turn)
	}
	c.ended.Wait()
}
