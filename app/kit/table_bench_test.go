package kit_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"fayi/app/kit/kittest"
)

// BenchmarkTable100kFrame prints what one frame of scrolling through 100,000 rows costs: the table's own work, its
// longest frame, and next to it what Fyne's software renderer needs to draw such a frame (a graphics card needs
// less).
func BenchmarkTable100kFrame(b *testing.B) {
	sh := kittest.New(b)
	table := sampleTable()
	table.SetRows(samples(100_000))
	sh.Put(table)
	sh.Win.Canvas().Capture()
	var own, longest, drawn time.Duration
	frames := 0
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		test.Scroll(
			sh.Win.Canvas(),
			fyne.NewPos(300, 300),
			0,
			[]float32{-12, -120, -3600, -90_000}[i%4]*float32(1-i/64%2*2),
		)
		took := time.Since(start)
		own, longest, frames = own+took, max(longest, took), frames+1
		if i%16 == 0 {
			start = time.Now()
			sh.Win.Canvas().Capture()
			drawn += time.Since(start)
		}
	}
	b.ReportMetric(own.Seconds()*1000/float64(frames), "ms-own/frame")
	b.ReportMetric(longest.Seconds()*1000, "ms-own-longest")
	b.ReportMetric(drawn.Seconds()*1000/float64((frames+15)/16), "ms-software-rendering/frame")
}
