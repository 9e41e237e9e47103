package table

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/read"
	"fayi/judging/sheet/sheettest"
)

// bigBook makes a workbook of 100,000 works in 14 columns, once for all benchmarks.
var bigBook = sync.OnceValues(func() ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return nil, err
	}
	header := []any{
		"序号", "作品名称", "作者姓名", "作品类别", "组别", "学校名称", "指导老师", "联系电话", "身份证号", "性别", "年龄", "作品简介", "作品文件名", "备注",
	}
	if err := w.SetRow("A1", header); err != nil {
		return nil, err
	}
	kinds, groups := []string{"书法", "绘画", "摄影", "微视频", "征文", "漫画"}, []string{"小学组", "中学组", "成人组"}
	for i := 1; i <= 100_000; i++ {
		row := []any{
			i, fmt.Sprintf("法治作品第%d号", i), fmt.Sprintf("甲某%c、乙某", '一'+i%500), kinds[i%6], groups[i%3],
			fmt.Sprintf("某某第%d小学", i%300), "丙某某", 13800000000 + i,
			"110101199003070",
			"女",
			10 + i%8,
			"以身边的小事说明守法的道理，画面清楚，立意明白。",
			fmt.Sprintf("%06d.jpg", i),
			"无",
		}
		if err := w.SetRow(fmt.Sprintf("A%d", i+1), row); err != nil {
			return nil, err
		}
	}
	if err := w.Flush(); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = f.Write(&out)
	return out.Bytes(), err
})

func bigPath(b *testing.B) string {
	b.Helper()
	data, err := bigBook()
	if err != nil {
		b.Fatal(err)
	}
	return sheettest.TextFile(b, "big.xlsx", string(data))
}

// peakHeap samples the live heap every 5 ms until stopped and returns its peak in MiB.
func peakHeap() (stop func() float64) {
	done, peak := make(chan struct{}), make(chan float64)
	go func() {
		most := uint64(0)
		var m runtime.MemStats
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapInuse)
			case <-done:
				peak <- float64(most) / (1 << 20)
				return
			}
		}
	}()
	return func() float64 { close(done); return <-peak }
}

func BenchmarkReadWorks100k(b *testing.B) {
	path := bigPath(b)
	stop := peakHeap()
	for b.Loop() {
		n := 0
		book, err := read.Open(path, "big.xlsx", grid.Limits{})
		if err != nil {
			b.Fatal(err)
		}
		_, _, err = ReadWorks(context.Background(), book, contest, mapping.Options{}, func(w WorkRow) error {
			if !w.Rejected() {
				n++
			}
			return nil
		})
		if err != nil || n != 100_000 {
			b.Fatal(n, err)
		}
		book.Close()
	}
	b.ReportMetric(stop(), "peak-MiB")
}

// BenchmarkBareRows100k is the measure that reading is held against: excelize's own pass over the rows, nothing
// understood.
func BenchmarkBareRows100k(b *testing.B) {
	path := bigPath(b)
	stop := peakHeap()
	for b.Loop() {
		f, err := excelize.OpenFile(path, excelize.Options{UnzipSizeLimit: 1 << 30, UnzipXMLSizeLimit: 16 << 20})
		if err != nil {
			b.Fatal(err)
		}
		rows, err := f.Rows("Sheet1")
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for rows.Next() {
			if _, err := rows.Columns(); err != nil {
				b.Fatal(err)
			}
			n++
		}
		rows.Close()
		f.Close()
		if n != 100_001 {
			b.Fatal(n)
		}
	}
	b.ReportMetric(stop(), "peak-MiB")
}
