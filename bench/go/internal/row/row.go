// Package row names the rows of a group and says how a measured time is reported.
//
// A row has the name that its twin in Java has: BenchmarkForkJoin/task/implementation=go is the row of
// org.leaklab.bench.core.ForkJoin.task with the parameter implementation=go.
package row

import (
	"flag"
	"fmt"
	"testing"
	"time"
)

var (
	list = flag.Bool("rows", false, "print the name of each benchmark and measure nothing")
	ran  bool
)

// Begin is the first call of every benchmark. With the flag -rows it prints the name and skips the rest.
func Begin(b *testing.B) {
	b.Helper()
	if *list {
		fmt.Println("row", b.Name())
		b.SkipNow()
	}
}

// Single begins a benchmark that can run once in a process only, because what it makes stuck stays stuck.
func Single(b *testing.B) {
	b.Helper()
	Begin(b)
	if b.N != 1 || ran {
		b.Fatal("this runs once a process: give -benchtime=1x, -count=1 and a -bench that matches one row")
	}
	ran = true
}

// Nanos reports the time of one of many operations in each iteration, in place of the time of an iteration.
func Nanos(b *testing.B, operations int) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(operations), "ns/op")
}

// Millis reports the time of an iteration in milliseconds.
func Millis(b *testing.B, elapsed time.Duration) {
	b.ReportMetric(float64(elapsed.Nanoseconds())/float64(b.N)/1e6, "ms/op")
	b.ReportMetric(0, "ns/op")
}
