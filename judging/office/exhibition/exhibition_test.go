package exhibition_test

import (
	"bytes"
	"context"
	"image/jpeg"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/exhibition"
	"fayi/judging/terms"
)

// mixed is a contest with final awards and works of every kind. Children's names are hidden but for the first sign.
func mixed(t testing.TB) *office.Office {
	t.Helper()
	o := begin(t, terms.Surname)
	bring(t, o, []row{
		{"宪法在我心中", "书法", "小学组", "赵小明", "示例第一小学", "同意", map[string][]byte{
			"-1.jpg": photo(t, 1600, 1200, 90), "-2.jpg": photo(t, 600, 2400, 10), "-3.jpg": photo(t, 2400, 500, 200),
		}},
		{"法治之光", "摄影", "成人组", "周大成", "示例街道", "是", map[string][]byte{".jpg": signed(t, 2000, 1500, "ZHOUDACHENG")}},
		{"我的法治故事", "征文", "小学组", "孙小红", "示例第一小学", "同意", map[string][]byte{
			".txt": []byte("我的法治故事\n示例第一小学 孙小红 13800000002\n" + poem(10000)),
		}},
		{longTitle, "绘画", "成人组", "吴大山", "示例街道", "同意", map[string][]byte{".jpg": photo(t, 30, 20, 120)}},
		{"普法短片", "微视频", "成人组", "郑导", "示例街道", "同意", map[string][]byte{".mp4": film(t, "ZHENGDAO")}},
		{"坏了的照片", "摄影", "成人组", "王坏", "示例街道", "同意", map[string][]byte{".jpg": photo(t, 400, 300, 9)[:900]}},
		{"没有文件", "摄影", "成人组", "魏空", "示例街道", "同意", nil},
		{"没有授权", "摄影", "成人组", "冯无", "示例街道", "", map[string][]byte{".jpg": photo(t, 500, 400, 77)}},
		{"不同意展出", "摄影", "成人组", "陈拒", "示例街道", "不同意", map[string][]byte{".jpg": photo(t, 500, 400, 99)}},
	})
	judge(t, o)
	return o
}

var longTitle = "一个很长很长的题目：" + strings.Repeat("法者治之端也，", 25)

// keep copies what was made to where a person can look at it.
func keep(t testing.TB, from string) {
	t.Helper()
	if to := os.Getenv("FAYI_SHOTS"); to != "" {
		must(t, os.CopyFS(filepath.Join(to, filepath.Base(from)), os.DirFS(from)))
	}
}

// tree reads a folder: name to content.
func tree(t testing.TB, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	must(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		out[filepath.ToSlash(name)] = string(data)
		return err
	}))
	return out
}

// cells are the texts of a workbook, as excelize reads it: sheet by sheet, row by row.
func cells(t testing.TB, path string) string {
	t.Helper()
	f, err := excelize.OpenFile(path)
	must(t, err)
	defer f.Close()
	var out strings.Builder
	for _, name := range f.GetSheetList() {
		rows, err := f.GetRows(name)
		must(t, err)
		for _, r := range rows {
			out.WriteString(strings.Join(r, "|") + "\n")
		}
	}
	return out.String()
}

// run asks a program of the computer.
func run(t testing.TB, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).Output()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return string(out)
}

// shown are the titles of mixed that may be shown, and leftOut those that may not.
var (
	shown   = []string{"宪法在我心中", "法治之光", "我的法治故事", longTitle, "普法短片", "坏了的照片", "没有文件"}
	leftOut = []string{"没有授权", "不同意展出"}
)

// checkLeft holds a report to what mixed has.
func checkLeft(t *testing.T, r exhibition.Report) {
	t.Helper()
	var left []string
	for _, c := range r.Left {
		left = append(left, c.Title+" "+string(c.Consent))
	}
	slices.Sort(left)
	if r.Shown != len(shown) || !slices.Equal(left, []string{"不同意展出 refused", "没有授权 unknown"}) {
		t.Errorf("%d shown, left %v", r.Shown, left)
	}
	told := map[string]string{}
	for _, x := range r.Troubles {
		told[x.Title] += x.Text
	}
	if len(told) != 2 || told["坏了的照片"] != "media.bad_picture" || told["没有文件"] != "exhibition.no_files" {
		t.Errorf("troubles: %+v", r.Troubles)
	}
}

func TestAnExhibitionShowsWhatMayBeShownAndAsksNoNetwork(t *testing.T) {
	o := mixed(t)
	dir := t.TempDir()
	list := filepath.Join(dir, "未展出.xlsx")
	words := wordsIn(t, "zh-Hans")
	r, err := o.Exhibition().WriteExhibition(t.Context(), exhibition.Request{
		Out: filepath.Join(dir, "展览"), Media: true, Left: list,
	}, words, nil)
	must(t, err)
	checkLeft(t, r)
	files := tree(t, filepath.Join(dir, "展览"))
	all := ""
	var bytesOf int64
	for name, data := range files {
		bytesOf += int64(len(data))
		for _, secret := range append(slices.Clone(leftOut), "ZHOUDACHENG", "ZHENGDAO", "赵小明", "孙小红", "13800000002",
			"Exif") {
			if strings.Contains(data, secret) {
				t.Errorf("%s holds %s", name, secret)
			}
		}
		if strings.HasSuffix(name, ".html") {
			all += data
			checkPage(t, name, data, files)
		}
		if strings.HasSuffix(name, ".jpg") {
			if _, err := jpeg.Decode(strings.NewReader(data)); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	if r.Bytes != bytesOf {
		t.Errorf("%d bytes are told, %d are there", r.Bytes, bytesOf)
	}
	for _, title := range append(slices.Clone(shown), "赵某某", "周大成", "孙某某") {
		if !strings.Contains(all, title) {
			t.Errorf("no page says %s", title)
		}
	}
	if n := strings.Count(strings.Join(slices.Sorted(maps.Keys(files)), " "), ".mp4"); n != 1 {
		t.Errorf("%d films go along", n)
	}
	for _, title := range leftOut {
		if !strings.Contains(cells(t, list), title) {
			t.Errorf("the list of what is not shown lacks %s", title)
		}
	}
	again := filepath.Join(dir, "又一")
	must(t, reads(o.Exhibition().WriteExhibition(t.Context(), exhibition.Request{Out: again, Media: true}, words, nil)))
	for name, data := range tree(t, again) {
		if files[name] != data {
			t.Errorf("%s is another one the second time", name)
		}
	}
	_, err = o.Exhibition().WriteExhibition(t.Context(), exhibition.Request{Out: again}, words, nil)
	if judging.CodeOf(err) != judging.Clash {
		t.Errorf("over a folder that is there: %v", err)
	}
}

var refs = regexp.MustCompile(`(?:href|src|poster)="([^"]*)"`)

// checkPage follows what a page refers to: all of it lies in the folder.
func checkPage(t *testing.T, name, page string, files map[string]string) {
	t.Helper()
	if !strings.Contains(page, "default-src 'none'") || strings.Contains(page, "ZgotmplZ") ||
		strings.Contains(page, "no value") {
		t.Errorf("%s: %.900s", name, page)
	}
	for _, m := range refs.FindAllStringSubmatch(page, -1) {
		to := filepath.ToSlash(filepath.Join(filepath.Dir(name), m[1]))
		if strings.HasPrefix(m[1], "#") {
			if !strings.Contains(page, `id="`+m[1][1:]+`"`) {
				t.Errorf("%s leads to %s", name, m[1])
			}
		} else if _, ok := files[to]; !ok {
			t.Errorf("%s refers to %s", name, m[1])
		}
	}
}

func TestAnAlbumIsABookThatOtherProgramsRead(t *testing.T) {
	o := mixed(t)
	dir := t.TempDir()
	made := filepath.Join(dir, "made")
	must(t, os.Mkdir(made, 0o755))
	path := filepath.Join(made, "作品集.pdf")
	words := wordsIn(t, "zh-Hans")
	r, err := o.Exhibition().WriteAlbum(t.Context(), exhibition.Request{Out: path}, words, nil)
	must(t, err)
	keep(t, made)
	checkLeft(t, r)
	text := run(t, "pdftotext", "-layout", path, "-")
	pages := strings.Split(strings.TrimSuffix(text, "\f"), "\f")
	if len(pages) != r.Pages {
		t.Errorf("%d pages, %d told", len(pages), r.Pages)
	}
	plain := strings.Join(strings.Fields(run(t, "pdftotext", "-raw", path, "-")), "")
	for _, title := range append(slices.Clone(shown), "赵某某", "周大成") {
		if strings.Count(plain, title) < 2 { // in the contents and on its page
			t.Errorf("%s is not set whole", title)
		}
	}
	for _, secret := range append(slices.Clone(leftOut), "赵小明", "孙小红", "13800000002") {
		if strings.Contains(plain, secret) {
			t.Errorf("the album holds %s", secret)
		}
	}
	text = regexp.MustCompile(`\d`).ReplaceAllString(plain, "") // numbers of pages stand between lines
	if n := strings.Count(text, "君子者"); n != strings.Count(poem(10000), "君子者") {
		t.Errorf("of the text %d sentences are set", n)
	}
	// what the contents say of pages holds
	lead := 2
	for _, m := range regexp.MustCompile(`(?m)(宪法在我心中|法治之光|普法短片|我的法治故事).*?(\d+)$`).FindAllStringSubmatch(pages[1], -1) {
		n, err := strconv.Atoi(m[2])
		if err != nil || lead+n > len(pages) || !strings.Contains(strings.ReplaceAll(pages[lead+n-1], " ", ""), m[1]) {
			t.Errorf("%s is not on page %s", m[1], m[2])
		}
	}
	if fonts := run(t, "pdffonts", path); strings.Contains(fonts, " no ") && !strings.Contains(fonts, "yes no") {
		t.Errorf("a type is not embedded:\n%s", fonts)
	}
	if n := strings.Count(run(t, "pdfimages", "-list", path), "jpeg"); n != r.Pictures || n != 6 {
		t.Errorf("%d pictures, %d told", n, r.Pictures)
	}
	first, err := os.ReadFile(path)
	must(t, err)
	if bytes.Contains(first, []byte("ZHOUDACHENG")) || bytes.Contains(first, []byte("Exif")) {
		t.Error("a picture still says who made it")
	}
	must(t, reads(o.Exhibition().WriteAlbum(t.Context(), exhibition.Request{Out: path}, words, nil)))
	second, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(first, second) {
		t.Errorf("the second album differs: %v", err)
	}
}

// TestNothingIsShownBeforeItIsFinal asks too early, and with nothing to show.
func TestNothingIsShownBeforeItIsFinal(t *testing.T) {
	o := begin(t, terms.Whole)
	bring(t, o, []row{
		{"未知一", "摄影", "成人组", "甲某", "示例街道", "", map[string][]byte{".jpg": photo(t, 60, 40, 1)}},
		{"未知二", "摄影", "成人组", "乙某", "示例街道", "否", map[string][]byte{".jpg": photo(t, 60, 40, 2)}},
		{"未知三", "摄影", "小学组", "丙某", "示例小学", "", map[string][]byte{".jpg": photo(t, 60, 40, 3)}},
	})
	words := wordsIn(t, "zh-Hans")
	dir := t.TempDir()
	write := func(agreed bool) (exhibition.Report, error, error) {
		req := exhibition.Request{Out: filepath.Join(dir, "展览"), Agreed: agreed}
		r, err := o.Exhibition().WriteExhibition(t.Context(), req, words, nil)
		req.Out += ".pdf"
		_, other := o.Exhibition().WriteAlbum(t.Context(), req, words, nil)
		return r, err, other
	}
	if _, a, b := write(true); judging.CodeOf(a) != judging.Closed || judging.CodeOf(b) != judging.Closed {
		t.Errorf("before the awards are final: %v, %v", a, b)
	}
	judge(t, o)
	r, a, b := write(false)
	if judging.CodeOf(a) != judging.Closed || judging.CodeOf(b) != judging.Closed || len(r.Left) != 3 {
		t.Errorf("without any consent: %v, %v, %+v", a, b, r.Left)
	}
	if got, err := os.ReadDir(dir); err != nil || len(got) > 0 {
		t.Errorf("%v is there, %v", got, err)
	}
	r, a, b = write(true)
	if a != nil || b != nil || r.Shown != 2 || len(r.Left) != 1 || r.Left[0].Title != "未知二" {
		t.Errorf("with consents on paper: %v, %v, %+v", a, b, r)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	stopped := exhibition.Request{Out: filepath.Join(dir, "停"), Agreed: true}
	_, err := o.Exhibition().WriteExhibition(ctx, stopped, words, nil)
	if _, gone := os.Stat(stopped.Out); err == nil || gone == nil {
		t.Errorf("cancelled: %v, %v", err, gone)
	}
}
