package row

import (
	"testing"
	"time"
)

func TestATimeIsThatOfOneOperation(t *testing.T) {
	result := testing.Benchmark(func(b *testing.B) {
		for b.Loop() {
			time.Sleep(10 * time.Millisecond)
		}
		Nanos(b, 1000)
	})
	if nanos := result.Extra["ns/op"]; nanos < 10_000 || nanos > 100_000 {
		t.Errorf("a thousandth of 10 ms is said to be %v ns", nanos)
	}
}

func TestMillisecondsTakeThePlaceOfNanoseconds(t *testing.T) {
	result := testing.Benchmark(func(b *testing.B) {
		for b.Loop() {
			time.Sleep(time.Millisecond)
		}
		Millis(b, time.Duration(b.N)*5*time.Millisecond)
	})
	if millis := result.Extra["ms/op"]; millis != 5 {
		t.Errorf("5 ms are said to be %v", millis)
	}
	if nanos := result.Extra["ns/op"]; nanos != 0 {
		t.Errorf("%v ns are reported too", nanos)
	}
}
