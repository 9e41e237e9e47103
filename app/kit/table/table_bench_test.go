package table_test

import (
	"cmp"
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"fayi/app/kit/kittest"
	"fayi/app/kit/look"
	"fayi/app/kit/table"
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

type sample struct {
	code, name, kind, by, state string
	tone                        look.Tone
	mark                        float64
}

func samples(n int) []sample {
	states := []struct {
		word string
		tone look.Tone
	}{{"已通过", look.Done}, {"待审", look.Waiting}, {"缺文件", look.Problem}, {"疑似重复", look.Info}}
	var out []sample
	for i := range n {
		s := states[i%len(states)]
		out = append(
			out,
			sample{
				fmt.Sprintf("SF-%04d", i+1),
				fmt.Sprintf("法治中国·第%d号作品，名字很长很长要截断的那一种", i+1),
				"书法",
				"王小明",
				s.word,
				s.tone,
				60 + float64(i%40),
			},
		)
	}
	return out
}

func sampleTable() *table.Table[sample] {
	return table.New(func(s sample) string { return s.code },
		table.Column[sample]{
			Title:   "编号",
			Min:     6,
			Cell:    func(s sample) table.Cell { return table.Cell{Text: s.code} },
			Compare: func(a, b sample) int { return cmp.Compare(a.code, b.code) },
		},
		table.TextColumn("作品名称", 8, 3, func(s sample) string { return s.name }),
		table.TextColumn("类别", 4, 1, func(s sample) string { return s.kind }),
		table.TextColumn("作者", 4, 1, func(s sample) string { return s.by }),
		table.Column[sample]{
			Title:   "得分",
			Min:     4,
			Number:  true,
			Cell:    func(s sample) table.Cell { return table.Cell{Text: fmt.Sprintf("%.2f", s.mark)} },
			Compare: func(a, b sample) int { return cmp.Compare(a.mark, b.mark) },
		},
		table.Column[sample]{
			Title:  "状态",
			Min:    5,
			Weight: 1,
			Cell:   func(s sample) table.Cell { return table.Cell{Text: s.state, Tone: s.tone} },
		},
	)
}
