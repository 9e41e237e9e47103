package office_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"fayi/internal/measure"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
	"fayi/judging/office/intake"
)

var many = measure.Works(100_000) // works

var tenCategories = []string{"书法", "绘画", "摄影", "微视频", "歌曲", "曲艺", "征文", "诗歌", "动漫", "剪纸"}

// manyWorks writes a workbook of n works in 14 columns and returns its path.
func manyWorks(tb testing.TB, n int) string {
	tb.Helper()
	f := excelize.NewFile()
	defer f.Close()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		tb.Fatal(err)
	}
	groups := []string{"小学组", "初中组", "高中组", "成人组"}
	row := []any{"序号", "作品名称", "作者姓名", "作品类别", "组别", "学校名称", "指导老师", "联系电话", "身份证号", "性别", "年龄", "作品简介", "作品文件名", "备注"}
	for i := 0; ; i++ {
		if err := w.SetRow("A"+strconv.Itoa(i+1), row); err != nil {
			tb.Fatal(err)
		}
		if i == n {
			break
		}
		row = []any{
			i + 1, fmt.Sprintf("法治作品第%d号", i+1), fmt.Sprintf("甲某%c、乙某", '一'+i%500), tenCategories[i%10], groups[i%4],
			fmt.Sprintf("示例第%d小学", i%300),
			fmt.Sprintf("丙某%c", '一'+i%300),
			strconv.Itoa(13800000000 + i),
			"110101199003070",
			"女",
			10 + i%8,
			"以身边的小事说明守法的道理，画面清楚，立意明白。",
			fmt.Sprintf("%06d.jpg", i),
			"无",
		}
	}
	path := filepath.Join(tb.TempDir(), "作品.xlsx")
	if err := errors.Join(w.Flush(), f.SaveAs(path)); err != nil {
		tb.Fatal(err)
	}
	return path
}

// bareRows is the measure an import is held against: excelize's own pass over the rows, nothing understood, nothing
// stored.
func bareRows(path string) error {
	f, err := excelize.OpenFile(path, excelize.Options{UnzipSizeLimit: 1 << 30, UnzipXMLSizeLimit: 16 << 20})
	if err != nil {
		return err
	}
	defer f.Close()
	rows, err := f.Rows("Sheet1")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if _, err := rows.Columns(); err != nil {
			return err
		}
	}
	return rows.Error()
}

// importNew imports a file of n works into a new contest on disk, and returns the contest, still open, and how long
// the import alone took.
func importNew(b *testing.B, path string, n int) (*office.Office, time.Duration) {
	b.Helper()
	o := open(b, emptyContest(b))
	start := time.Now()
	r, err := o.Intake().ImportWorks(b.Context(), intake.ImportRequest{Sources: []string{path}}, nil)
	if err != nil || r.Accepted != n {
		b.Fatal(r.RowTally, err)
	}
	return o, time.Since(start)
}

// BenchmarkImport100000 imports a big workbook: parse, map, check, store, make live. The ratio is to a bare pass
// over the same file.
func BenchmarkImport100000(b *testing.B) {
	path := manyWorks(b, many)
	var whole, bare time.Duration
	for b.Loop() {
		o, took := importNew(b, path, many)
		o.Close()
		b.StopTimer()
		start := time.Now()
		if err := bareRows(path); err != nil {
			b.Fatal(err)
		}
		whole, bare = whole+took, bare+time.Since(start)
		b.StartTimer()
	}
	b.ReportMetric(whole.Seconds()/float64(b.N), "s/import")
	b.ReportMetric(bare.Seconds()/float64(b.N), "s/bare")
	b.ReportMetric(whole.Seconds()/bare.Seconds(), "x-bare")
}

// BenchmarkImport640 is a county's season.
func BenchmarkImport640(b *testing.B) {
	path := manyWorks(b, 640)
	var whole time.Duration
	for b.Loop() {
		o, took := importNew(b, path, 640)
		o.Close()
		whole += took
	}
	b.ReportMetric(whole.Seconds()/float64(b.N), "s/import")
}

// BenchmarkImportCost100000 imports in a program of its own and reports the most memory that it ever held, as the
// system counts it, and its processor time, also as a ratio to that of a program that makes a bare pass: other
// programs at work on the machine do not sway these.
func BenchmarkImportCost100000(b *testing.B) {
	path := manyWorks(b, many)
	var peak, bare float64
	var whole, pass time.Duration
	for b.Loop() {
		kib, spent := spend(b, "measure import", emptyContest(b), path)
		peak, whole = max(peak, kib/1024), whole+spent
		kib, spent = spend(b, "measure bare pass", "", path)
		bare, pass = max(bare, kib/1024), pass+spent
	}
	b.ReportMetric(peak, "peak-MiB")
	b.ReportMetric(bare, "bare-peak-MiB")
	b.ReportMetric(whole.Seconds()/float64(b.N), "cpu-s")
	b.ReportMetric(whole.Seconds()/pass.Seconds(), "cpu-x-bare")
}

// spend runs a measuring role and returns its peak of resident memory in KiB and its processor time.
func spend(b *testing.B, role, dir, file string) (kib float64, spent time.Duration) {
	b.Helper()
	cmd, out := child(b, role, dir, file)
	if _, err := fmt.Fscan(out, &kib); err != nil {
		b.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		b.Fatal(err)
	}
	return kib, cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
}

// measured makes a role that does its job and prints the peak of its resident memory in KiB.
func measured(job func(dir, file string) error) func(dir, file string) error {
	return func(dir, file string) error {
		if err := job(dir, file); err != nil {
			return err
		}
		status, err := os.ReadFile("/proc/self/status")
		if err != nil {
			return err
		}
		_, rest, _ := strings.Cut(string(status), "VmHWM:")
		fmt.Println(strings.Fields(rest)[0])
		return nil
	}
}

func init() { roles["open and list"] = openAndList }

// openAndList plays the window at its start: it opens a contest, lists one category and prints how many works that are
// and for how many milliseconds both used the processors.
func openAndList(dir, _ string) error {
	start := office.ProcessorTime()
	o, err := openDir(context.Background(), dir)
	if err != nil {
		return err
	}
	list, err := o.Works(context.Background(), office.WorkFilter{Category: tenCategories[3]})
	fmt.Println(len(list), float64((office.ProcessorTime()-start).Microseconds())/1000)
	return errors.Join(err, o.Close())
}

// benchmarkList opens a contest and lists one category in a program of its own, as people do: one that imported it
// before would have more memory to look through than both take.
func benchmarkList(b *testing.B, n int) {
	dir := emptyContest(b)
	spend(b, "measure import", dir, manyWorks(b, n))
	spent := 0.0
	for b.Loop() {
		cmd, out := child(b, "open and list", dir, "")
		works, took := 0, 0.0
		if _, err := fmt.Fscan(out, &works, &took); err != nil || works != n/10 {
			b.Fatal(works, err)
		}
		if err := cmd.Wait(); err != nil {
			b.Fatal(err)
		}
		spent += took
	}
	b.ReportMetric(spent/float64(b.N), "processor-ms/op")
}

func BenchmarkOpenAndList640(b *testing.B)    { benchmarkList(b, 640) }
func BenchmarkOpenAndList100000(b *testing.B) { benchmarkList(b, many) }

// benchmarkPlan plans five scores of each of n works.
func benchmarkPlan(b *testing.B, n, judges int) {
	o, _ := importNew(b, manyWorks(b, n), n)
	defer o.Close()
	for i := range judges {
		if _, err := o.Assignment().AddJudge(b.Context(), judging.Judge{
			Name: fmt.Sprintf("评委%04d", i),
			Unit: fmt.Sprintf("示例第%d小学", i%300),
		}); err != nil {
			b.Fatal(err)
		}
	}
	seed := uint64(1)
	var plan judging.Plan
	for b.Loop() {
		var err error
		if plan, err = o.Assignment().PlanAssignment(b.Context(), assignment.PlanRequest{
			PlanOptions: judging.PlanOptions{PerWork: 5},
			Seed:        &seed,
		}, nil); err != nil || plan.Pairs != 5*n {
			b.Fatal(plan.Pairs, err)
		}
	}
	b.ReportMetric(float64(plan.Proof.MaxLoad-plan.Proof.MinLoad), "load-spread")
}

func BenchmarkPlan640Works20Judges(b *testing.B)      { benchmarkPlan(b, 640, 20) }
func BenchmarkPlan100000Works1000Judges(b *testing.B) { benchmarkPlan(b, many, 1000) }

// importOnce plays the program that imports a file and ends.
func importOnce(dir, file string) error {
	o, err := openDir(context.Background(), dir)
	if err != nil {
		return err
	}
	_, err = o.Intake().ImportWorks(context.Background(), intake.ImportRequest{Sources: []string{file}}, nil)
	return errors.Join(err, o.Close())
}
