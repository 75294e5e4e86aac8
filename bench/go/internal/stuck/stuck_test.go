package stuck

import (
	"fmt"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

const few = 50

func TestEachWayWaitsForWhatItSays(t *testing.T) {
	for _, way := range Ways {
		t.Run(way.Word, func(t *testing.T) {
			before := reasons()[way.Reason]
			p := New(way, 3, 100)
			if err := p.Add(few); err != nil {
				t.Fatal(err)
			}
			if err := p.Verify(); err != nil {
				t.Fatal(err)
			}
			if now := reasons()[way.Reason] - before; now != few {
				t.Fatalf("%d goroutines say %q, not %d: %v", now, way.Reason, few, reasons())
			}
		})
	}
}

func TestVerifySeesThatSomeAreNotStuck(t *testing.T) {
	way := On("channel")
	p := New(way, 0, 0)
	p.size = Parked(way) + 1
	if err := p.Verify(); err == nil || !strings.Contains(err.Error(), fmt.Sprint(p.size-1, " are parked there")) {
		t.Fatalf("one that is not there was not missed: %v", err)
	}
}

func TestAGoroutineThatSpinsIsNotParked(t *testing.T) {
	stop := make(chan struct{})
	defer close(stop)
	way := On("send")
	before := Parked(way)
	go func() {
		for {
			select {
			case <-stop:
				return
			default:
				runtime.Gosched()
			}
		}
	}()
	if now := Parked(way); now != before {
		t.Fatalf("%d are parked, %d were", now, before)
	}
}

func TestADeepOneIsParkedToo(t *testing.T) {
	way := On("select")
	before := Parked(way)
	p := New(way, 200, 0)
	if err := p.Add(few); err != nil {
		t.Fatal(err)
	}
	if now := Parked(way) - before; now != few {
		t.Fatalf("%d of %d are parked", now, few)
	}
}

var header = regexp.MustCompile(`(?m)^goroutine \d+ .*?\[([^,\]]*)`)

func reasons() map[string]int {
	buffer := make([]byte, 16<<20)
	found := map[string]int{}
	for _, match := range header.FindAllSubmatch(buffer[:runtime.Stack(buffer, true)], -1) {
		found[string(match[1])]++
	}
	return found
}
