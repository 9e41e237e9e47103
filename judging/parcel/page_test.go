package parcel_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/media/mediatest"
	"fayi/judging/office"
	"fayi/judging/office/intake"
	"fayi/judging/office/rules"
	"fayi/judging/parcel"
	"fayi/judging/store/bolt"
)

// newOffice makes a contest of the bundled rules, and its page in a folder.
func newOffice(t testing.TB, req parcel.Request) (*office.Office, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "甲.fayi")
	cfg := office.Config{Dir: dir, Now: time.Now, Random: rand.Reader, Actor: "organiser", Cache: os.TempDir()}
	var err error
	cfg.DB, cfg.Blobs, err = bolt.Create(dir)
	mediatest.Must(t, err)
	r, err := rules.ParseRules(bytes.NewReader(rubrics.LegalCulture))
	mediatest.Must(t, err)
	o, err := office.Create(t.Context(), cfg, "2026年甲县法治作品征集", "甲县司法局", r)
	mediatest.Must(t, err)
	t.Cleanup(func() { _ = o.Close() })
	return o, writePage(t, o, req)
}

func writePage(t testing.TB, o *office.Office, req parcel.Request) string {
	t.Helper()
	c, err := o.Contest(t.Context())
	mediatest.Must(t, err)
	r, err := o.Rules(t.Context())
	mediatest.Must(t, err)
	page, err := parcel.Page(c, r, req)
	mediatest.Must(t, err)
	path := filepath.Join(t.TempDir(), "page.html")
	mediatest.Must(t, os.WriteFile(path, page, 0o600))
	return path
}

func picture(w, h int, shade uint8) image.Image {
	p := image.NewGray(image.Rect(0, 0, w, h))
	for i := range p.Pix {
		p.Pix[i] = uint8(i*7) ^ shade
	}
	p.SetGray(0, 0, color.Gray{shade})
	return p
}

func pngOf(t testing.TB, w, h int, shade uint8) []byte {
	var b bytes.Buffer
	mediatest.Must(t, png.Encode(&b, picture(w, h, shade)))
	return b.Bytes()
}

func jpegOf(t testing.TB, w, h int, shade uint8) []byte {
	var b bytes.Buffer
	mediatest.Must(t, jpeg.Encode(&b, picture(w, h, shade), nil))
	return b.Bytes()
}

// put writes files to a folder and returns their paths.
func put(t testing.TB, names []string, bodies ...[]byte) []string {
	t.Helper()
	dir := t.TempDir()
	var out []string
	for i, n := range names {
		path := filepath.Join(dir, n)
		mediatest.Must(t, os.WriteFile(path, bodies[i], 0o600))
		out = append(out, path)
	}
	return out
}

func worksOf(t testing.TB, o *office.Office) []judging.Work {
	t.Helper()
	works, err := o.Works(context.Background(), office.WorkFilter{})
	mediatest.Must(t, err)
	list := slices.Clone(works)
	slices.SortFunc(list, func(a, b judging.Work) int { return a.Source.Row - b.Source.Row })
	return list
}

func sumsOf(files ...[]byte) (out []string) {
	for _, f := range files {
		s := sha256.Sum256(f)
		out = append(out, hex.EncodeToString(s[:]))
	}
	return out
}

func TestAUnitPacksItsWorksAndAllOfItComesIn(t *testing.T) {
	o, page := newOffice(t, parcel.Request{Deadline: "2026年12月31日"})
	b := open(t, page, 1280, 720)
	b.sees("2026年甲县法治作品征集")
	b.sees("2026年12月31日")
	b.unit("甲县第一小学")
	b.paste(`[data-at="1-title"]`, "依法“治”国\t软笔书法\t小学组\t张三、李四\t\t王老师\t\t\t\"第一行\n第二行\"\t已装裱\r\n"+
		"春\t绘画类\t初中\t欧阳明\t甲县第二小学\t\t13800000000\r\n")
	b.sees("已粘贴 2 行")
	one, two, three := pngOf(t, 1000, 900, 1), jpegOf(t, 1200, 800, 2), jpegOf(t, 300, 200, 3)
	files := put(t, []string{"IMG_1.png", "IMG_2.jpg"}, one, two)
	b.chooses(`tbody[data-row="1"] input[type=file]`, files[0], files[1])
	b.sees("1000 × 900")
	b.sees("1200 × 800")
	b.drops(`tbody[data-row="2"]`, map[string][]byte{"春.jpg": three})
	b.sees("长边 300 像素，少于要求的 320 像素")
	b.shot("filled")
	b.press("#pack")
	b.sees("打包前还有 1 处要补")
	b.types(`[data-at="2-reason"]`, "原作已寄出")
	b.sees("可以打包")
	zips := b.pack(60 * time.Second)
	if len(zips) != 1 {
		t.Fatalf("%d parts", len(zips))
	}
	r, err := o.Intake().ImportWorks(t.Context(), intake.ImportRequest{Sources: zips}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if r.Accepted != 2 || r.Files.Attached != 3 || len(r.Problems) != 0 || len(r.Loose) != 0 {
		t.Fatalf("%+v", r)
	}
	works := worksOf(t, o)
	first, second := works[0], works[1]
	want := judging.Work{
		Title: "依法“治”国", Category: "书法", Group: "小学组", Authors: []string{"张三", "李四"}, Unit: "甲县第一小学",
		Sender: "甲县第一小学", Teachers: []string{"王老师"}, Contact: "周会计", Phone: "0518-88880000",
		Intro: "第一行\n第二行", More: map[string]string{"remark": "已装裱"}, Status: judging.Accepted,
	}
	want.ID, want.Code, want.Source, want.Files = first.ID, first.Code, first.Source, first.Files
	if !reflect.DeepEqual(first, want) {
		t.Errorf("got  %+v\nwant %+v", first, want)
	}
	if second.Title != "春" || second.Category != "绘画" || second.Unit != "甲县第二小学" ||
		second.Phone != "13800000000" || second.More["报送理由"] != "原作已寄出" {
		t.Errorf("%+v", second)
	}
	for i, w := range works {
		var sums []string
		for _, f := range w.Files {
			sums = append(sums, f.Sum)
		}
		if want := [][]string{sumsOf(one, two), sumsOf(three)}[i]; !slices.Equal(sums, want) {
			t.Errorf("files of %s: %v, want %v", w.Title, sums, want)
		}
	}
	again, err := o.Intake().ImportWorks(t.Context(), intake.ImportRequest{Sources: zips}, nil)
	if err != nil || again.Unchanged != 2 || again.Accepted+again.Changed+again.Files.Attached != 0 {
		t.Errorf("sent again: %+v, %v", again, err)
	}
	b.resent(o)
}

// resent corrects a title, packs once more and brings it in.
func (b *tab) resent(o *office.Office) {
	b.t.Helper()
	b.js(`Array.from(document.querySelectorAll('button')).filter(e => e.innerText === '返回修改')[0].click()`)
	b.until(`document.querySelector('[data-at="1-title"]')`)
	b.types(`[data-at="1-title"]`, "之歌")
	before := worksOf(b.t, o)[0]
	b.press("#pack")
	b.until("document.querySelector('[data-part]')")
	b.press("[data-part]")
	zip := b.download(2, time.Minute)
	r, err := o.Intake().ImportWorks(b.t.Context(), intake.ImportRequest{Sources: []string{zip}}, nil)
	if err != nil || r.Changed != 1 || r.Unchanged != 1 || r.Files.Attached != 0 || len(r.Gone) != 0 {
		b.t.Errorf("corrected: %+v, %v", r, err)
	}
	after := worksOf(b.t, o)[0]
	if after.ID != before.ID || after.Title != before.Title+"之歌" {
		b.t.Errorf("%s %s became %s %s", before.ID, before.Title, after.ID, after.Title)
	}
}
