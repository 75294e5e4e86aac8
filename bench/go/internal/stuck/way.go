package stuck

import "sync"

// Way is what a goroutine waits on that will never wake it. Each goroutine has a primitive of its own, as a leak a
// request has, but for those that want a lock: one lock is what they all want, and somebody else has it.
type Way struct {
	Word    string // as in the parameter "on"; where the shape exists on the JVM it is the word there
	Reason  string // what the runtime says that such a goroutine waits for
	leaf    string // the function that waits
	prepare func() func()
}

// Ways are all of them.
var Ways = []Way{
	{"channel", "chan receive", "receive", own(receive)},
	{"send", "chan send", "send", own(send)},
	{"select", "select", "selectOfTwo", own(selectOfTwo)},
	{"nil-channel", "chan receive (nil chan)", "receiveFromNil", own(receiveFromNil)},
	{"lock", "sync.Mutex.Lock", "lock", func() func() {
		held := new(sync.Mutex)
		held.Lock()
		return func() { lock(held) }
	}},
	{"latch", "sync.WaitGroup.Wait", "await", own(await)},
	{"object-wait", "sync.Cond.Wait", "waitForCond", own(waitForCond)},
}

// On finds a way by its word.
func On(word string) Way {
	for _, way := range Ways {
		if way.Word == word {
			return way
		}
	}
	panic("nothing waits on " + word)
}

func own(wait func()) func() func() { return func() func() { return wait } }

//go:noinline
func receive() { <-make(chan int) }

//go:noinline
func send() { make(chan int) <- 1 }

//go:noinline
func selectOfTwo() {
	select {
	case <-make(chan int):
	case <-make(chan int):
	}
}

//go:noinline
func receiveFromNil() {
	var none chan int
	<-none
}

//go:noinline
func lock(held *sync.Mutex) {
	held.Lock()
	held.Unlock() // never reached
}

//go:noinline
func await() {
	counter := new(sync.WaitGroup)
	counter.Add(1)
	counter.Wait()
}

//go:noinline
func waitForCond() {
	cond := sync.NewCond(new(sync.Mutex))
	cond.L.Lock()
	cond.Wait() // nobody signals
}
