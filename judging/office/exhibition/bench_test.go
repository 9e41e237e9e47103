//go:build unix

package exhibition_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"fayi/judging/office/collect"
	"fayi/judging/office/correction"
	"fayi/judging/office/exhibition"
	"fayi/judging/terms"
)

// BenchmarkAlbum250 makes the album of 250 works with a photograph of 12 megapixels each, of which no small pictures
// are kept yet: the seconds of all processors, and how large the file is.
func BenchmarkAlbum250(b *testing.B) {
	o := begin(b, terms.Whole)
	var some [][]byte
	for i := range 10 {
		some = append(some, photo(b, 4000, 3000, uint8(i*20)))
	}
	var rows []row
	for i := range 250 {
		data := append(slices.Clone(some[i%10]), fmt.Sprintf("\x00%04d", i)...) // behind its end: another file
		rows = append(rows, row{fmt.Sprintf("第%d件作品", i+1), "摄影", "成人组", fmt.Sprintf("作者%c", '一'+i), "示例街道", "同意",
			map[string][]byte{".jpg": data}})
	}
	bring(b, o, rows)
	judge(b, o)
	path := filepath.Join(b.TempDir(), "作品集.pdf")
	words := wordsIn(b, "zh-Hans")
	b.ResetTimer()
	for b.Loop() {
		start := processor(b)
		r, err := o.Exhibition().WriteAlbum(b.Context(), exhibition.Request{Out: path}, words, nil)
		must(b, err)
		if r.Shown != len(rows) || len(r.Troubles) > 0 {
			b.Fatalf("%d shown, %+v", r.Shown, r.Troubles)
		}
		b.ReportMetric((processor(b) - start).Seconds(), "processor-s/album")
		b.ReportMetric(float64(r.Bytes)/(1<<20), "MB")
	}
}

// BenchmarkKit150 writes what 150 units are given: the seconds of all processors.
func BenchmarkKit150(b *testing.B) {
	o := begin(b, terms.Whole)
	list := "单位名称,类型\n"
	for i := range 150 {
		list += fmt.Sprintf("示例第%d小学,学校\n", i+1)
	}
	dir := b.TempDir()
	path := filepath.Join(dir, "单位.csv")
	must(b, os.WriteFile(path, []byte(list), 0o600))
	must(b, reads(o.Units().ImportUnits(b.Context(), correction.UnitsRequest{Path: path})))
	words := wordsIn(b, "zh-Hans")
	b.ResetTimer()
	for i := 0; b.Loop(); i++ {
		start := processor(b)
		k, err := o.Collect().WriteKit(b.Context(), collect.KitRequest{Dir: filepath.Join(dir, fmt.Sprint(i))}, words)
		must(b, err)
		if len(k.Units) != 150 {
			b.Fatalf("%d units", len(k.Units))
		}
		b.ReportMetric((processor(b) - start).Seconds(), "processor-s/kits")
	}
}

// processor is the time that all processors together have worked for this process.
func processor(tb testing.TB) time.Duration {
	tb.Helper()
	var u syscall.Rusage
	must(tb, syscall.Getrusage(syscall.RUSAGE_SELF, &u))
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
