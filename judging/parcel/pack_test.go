package parcel_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"fayi/judging/media/archive"
	"fayi/judging/media/mediatest"
	"fayi/judging/office/intake"
	"fayi/judging/parcel"
)

// awkward are pieces of texts that formats stumble over.
var awkward = []string{
	"\"", "\"\"", "“法”", "'", "\\", "</script>", "<b>", "&amp;", "，", "、", "𠅤𬱖", "👨‍👩‍👧", "שלום", "مرحبا", "\u202e反",
	"é", "e\u0301", "=1+1", "{{.X}}", "null", "0", "  ", "　", "a/b", "CON", "..", "法治", "春", "—", "%s", "🏛️",
}

func phrase(r *rand.Rand, most int) string {
	var b strings.Builder
	for range 1 + r.IntN(most) {
		b.WriteString(awkward[r.IntN(len(awkward))])
	}
	return "字" + b.String() + "尾" // a cell's ends are no matter of ours
}

// cell is a text as a spreadsheet puts it on the clipboard.
func cell(s string) string {
	if strings.ContainsAny(s, "\"\n\t") {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}

// TestWhatIsPastedIsWhatComesOut pastes rows of awkward texts, packs them with files of awkward names and compares what
// the parcel holds.
func TestWhatIsPastedIsWhatComesOut(t *testing.T) {
	o, page := newOffice(t, parcel.Request{Unit: "甲县“第一”小学/分校", Naming: "序号-类别-作品名称-作者-单位"})
	r := rand.New(rand.NewPCG(1, 2))
	var want []parcel.Work
	var lines []string
	rows := 30
	if testing.Short() {
		rows = 10
	}
	for n := 1; n <= rows; n++ {
		w := parcel.Work{
			Row: n, Title: phrase(r, 6), Category: "摄影", Authors: []string{"甲" + phrase(r, 1), "乙"}, Unit: phrase(r, 3),
			Teachers: []string{"师"}, Phone: "1380000" + strconv.Itoa(1000+n), Email: "a@b.cn",
			Intro: phrase(r, 8) + "\n" + phrase(r, 8), Remark: phrase(r, 4),
		}
		w.Authors[0] = strings.NewReplacer("、", "", "，", "", ";", "").Replace(w.Authors[0])
		if n == 7 {
			w.Intro = strings.Repeat("长", 20_000)
		}
		want = append(want, w)
		lines = append(lines, strings.Join([]string{
			cell(w.Title), w.Category, "", cell(strings.Join(w.Authors, "、")), cell(w.Unit), "师", w.Phone, w.Email,
			cell(w.Intro), cell(w.Remark),
		}, "\t"))
	}
	b := open(t, page, 1280, 720)
	b.types(`[data-at="0-contact"]`, "周")
	b.types(`[data-at="0-phone"]`, "0518-88880000")
	b.paste(`[data-at="1-title"]`, strings.Join(lines, "\r\n")+"\r\n")
	b.sees(fmt.Sprintf("已粘贴 %d 行", rows))
	for n := 1; n <= rows; n++ {
		b.drops(fmt.Sprintf(`tbody[data-row="%d"]`, n), map[string][]byte{
			phrase(r, 3) + ".png": pngOf(t, 400+n, 330, uint8(n)),
		})
	}
	b.sees(fmt.Sprintf("文件 %d 个", rows))
	b.sees("可以打包")
	zips := b.pack(time.Minute)
	tree, err := archive.Open(t.Context(), zips[0], archive.Usual)
	mediatest.Must(t, err)
	defer tree.Close()
	var in parcel.Inbox
	rest, err := in.Take(t.Context(), "a.zip", tree.Entries)
	mediatest.Must(t, err)
	c, err := o.Contest(t.Context())
	mediatest.Must(t, err)
	rules, err := o.Rules(t.Context())
	mediatest.Must(t, err)
	got, told, err := in.Parcels(t.Context(), c, rules, nil)
	if err != nil || len(got) != 1 || len(told)+len(rest) != 0 || len(got[0].Works) != rows {
		t.Fatalf("%d, %+v, %v, %v", len(got), told, rest, err)
	}
	for i, w := range got[0].Works {
		if len(w.Files) != 1 || w.Files[0].Sum != sumsOf(pngOf(t, 401+i, 330, uint8(i+1)))[0] {
			t.Errorf("files of %d: %+v", w.Row, w.Files)
		}
		if w.Files = nil; len(w.Problems) == 0 {
			w.Problems = nil
		}
		if !reflect.DeepEqual(w, want[i]) {
			t.Errorf("got  %.600q\nwant %.600q", quote(w), quote(want[i]))
		}
	}
	rep, err := o.Intake().ImportWorks(t.Context(), intake.ImportRequest{Sources: zips}, nil)
	if err != nil || rep.Accepted != rows || rep.Files.Attached != rows {
		t.Errorf("%+v, %v", rep.RowTally, err)
	}
}

// memory is what all processes of a browser hold of their own, in MB, by its profile's folder: not its program, which
// lies on the disk.
func memory(profile string) int {
	parent := map[string]string{}
	ours := map[string]bool{}
	list, _ := filepath.Glob("/proc/[0-9]*")
	for _, dir := range list {
		stat, err := os.ReadFile(filepath.Join(dir, "stat"))
		if err != nil {
			continue
		}
		pid := filepath.Base(dir)
		if _, rest, ok := strings.Cut(string(stat), ") "); ok {
			parent[pid] = strings.Fields(rest)[1]
		}
		line, _ := os.ReadFile(filepath.Join(dir, "cmdline"))
		ours[pid] = bytes.Contains(line, []byte(profile))
	}
	total := 0
	for pid := range parent {
		for up := pid; up != "" && up != "1"; up = parent[up] {
			if !ours[up] {
				continue
			}
			roll, _ := os.ReadFile("/proc/" + pid + "/smaps_rollup")
			for line := range strings.Lines(string(roll)) {
				if f := strings.Fields(line); len(f) > 1 && (f[0] == "Pss_Anon:" || f[0] == "Pss_Shmem:") {
					n, _ := strconv.Atoi(f[1])
					total += n
				}
			}
			break
		}
	}
	return total >> 10
}

// TestTwoHundredWorksArePackedSoon packs 200 works with 300 MB of files.
func TestTwoHundredWorksArePackedSoon(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes a minute")
	}
	o, page := newOffice(t, parcel.Request{Unit: "甲县第一小学"})
	dir := t.TempDir()
	noise := make([]byte, 3<<19)
	source := rand.NewChaCha8([32]byte{1})
	var lines, files []string
	picture := jpegOf(t, 800, 600, 9)
	for n := 1; n <= 200; n++ {
		_, _ = source.Read(noise) // never fails
		data := append(append(bytes.Clone(picture), noise[:len(noise)-len(picture)-2]...), 0xFF, 0xD9)
		title := fmt.Sprintf("作品第%03d号", n)
		path := filepath.Join(dir, title+".jpg")
		mediatest.Must(t, os.WriteFile(path, data, 0o600))
		files = append(files, path)
		lines = append(lines, title+"\t摄影\t\t张三")
	}
	b := open(t, page, 1280, 720)
	b.types(`[data-at="0-contact"]`, "周")
	b.types(`[data-at="0-phone"]`, "0518-88880000")
	b.paste(`[data-at="1-title"]`, strings.Join(lines, "\n"))
	b.sees("作品 200 件")
	most, done := 0, make(chan struct{})
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case <-done:
				return
			case <-time.After(200 * time.Millisecond):
				most = max(most, memory(b.profile))
			}
		}
	}()
	b.chooses("#many", files...)
	b.sees("选了 200 个文件，200 个找到了作品")
	began := time.Now()
	b.pressWords("添加 200 个文件")
	b.untilIn("document.body.innerText.indexOf('文件 200 个，300.0 MB') >= 0", 8*time.Minute)
	b.sees("已添加 200 个文件")
	b.sees("可以打包")
	checked := time.Since(began)
	began = time.Now()
	zips := b.pack(3 * time.Minute)
	packed := time.Since(began)
	close(done)
	<-ended
	t.Logf("checked in %.1f s, packed in %.1f s, %d MB at most", checked.Seconds(), packed.Seconds(), most)
	if packed > time.Minute || most > 700 {
		t.Errorf("packed in %.1f s, at most 60; %d MB, at most 700", packed.Seconds(), most)
	}
	rep, err := o.Intake().ImportWorks(t.Context(), intake.ImportRequest{Sources: zips}, nil)
	if err != nil || rep.Accepted != 200 || rep.Files.Attached != 200 {
		t.Errorf("%+v, %v", rep.RowTally, err)
	}
}
