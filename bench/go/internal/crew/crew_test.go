package crew

import (
	"runtime"
	"testing"
)

func TestARoundIsTheSumOfAllParts(t *testing.T) {
	c := Of(func() int { return 1 }, func() int { return 20 }, func() int { return 300 })
	defer c.Close()
	for range 3 {
		if sum := c.Round(); sum != 321 {
			t.Fatalf("a round gave %d, not 321", sum)
		}
	}
}

func TestCloseEndsTheMembers(t *testing.T) {
	before := runtime.NumGoroutine()
	c := Of(func() int { return 1 }, func() int { return 1 })
	c.Round()
	c.Close()
	for range 1000 {
		if runtime.NumGoroutine() <= before {
			return
		}
		runtime.Gosched()
	}
	t.Fatalf("%d goroutines are left of %d", runtime.NumGoroutine(), before)
}
