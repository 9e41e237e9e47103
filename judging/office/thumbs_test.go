package office_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/intake"
	"fayi/judging/office/workfiles"
)

// pictured is a contest with works that have a photo, a picture that says it has a billion pixels, a cut one and a
// text.
func pictured(t *testing.T) *office.Office {
	t.Helper()
	o := newOffice(t)
	dir := t.TempDir()
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	p := image.NewRGBA(image.Rect(0, 0, 1200, 800))
	for i := range p.Pix {
		p.Pix[i] = byte(i / 3000)
	}
	p.Set(0, 0, color.Black)
	var photo, lying bytes.Buffer
	must(jpeg.Encode(&photo, p, nil))
	must(png.Encode(&lying, image.NewRGBA(image.Rect(0, 0, 4, 4))))
	bomb := lying.Bytes()
	copy(bomb[16:24], []byte{0, 0, 0xEA, 0x60, 0, 0, 0x41, 0x00}) // 60,000 by 16,640
	var sheet strings.Builder
	sheet.WriteString("作品名称,作者,类别,组别,单位\n")
	for name, data := range map[string][]byte{
		"照片甲.jpg": photo.Bytes(),
		"照片乙.png": fixCRC(bomb),
		"照片丙.jpg": photo.Bytes()[:300],
		"照片丁.txt": []byte("法治" + strings.Repeat("，好", 9)),
	} {
		sheet.WriteString(strings.TrimSuffix(name, filepath.Ext(name)) + ",甲某,摄影,成人组,示例单位\n")
		must(os.WriteFile(filepath.Join(dir, name), data, 0o600))
	}
	must(os.WriteFile(filepath.Join(dir, "表.csv"), []byte(sheet.String()), 0o600))
	importAll(t, o, intake.ImportRequest{Sources: []string{dir}})
	return o
}

func workOf(t *testing.T, o *office.Office, title string) judging.Work {
	t.Helper()
	all, err := o.Works(t.Context(), office.WorkFilter{Text: title})
	if err != nil || len(all) != 1 || len(all[0].Files) != 1 {
		t.Fatalf("%s: %+v %v", title, all, err)
	}
	return all[0]
}

func TestAThumbnailIsMadeOnceAndKept(t *testing.T) {
	o := pictured(t)
	w := workOf(t, o, "照片甲")
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			data, err := o.WorkFiles().Thumbnail(t.Context(), w.ID, 0, 300)
			c, _, bad := image.DecodeConfig(bytes.NewReader(data))
			if err != nil || bad != nil || c.Width != 320 || c.Height != 213 {
				t.Errorf("%+v %v %v", c, err, bad)
			}
		})
	}
	all.Wait()
	kept, _ := filepath.Glob(filepath.Join(o.Dir(), "thumbs", w.Files[0].Sum[:2], "*"))
	if len(kept) != 1 || filepath.Base(kept[0]) != w.Files[0].Sum+"-320.jpg" {
		t.Fatalf("kept %q", kept)
	}
	mark := []byte("\xFF\xD8kept\xFF\xD9")
	if err := os.WriteFile(kept[0], mark, 0o600); err != nil {
		t.Fatal(err)
	}
	if data, _ := o.WorkFiles().Thumbnail(t.Context(), w.ID, 0, 320); !bytes.Equal(data, mark) {
		t.Error("what is kept is not used")
	}
	if err := os.WriteFile(kept[0], mark[:5], 0o600); err != nil { // torn
		t.Fatal(err)
	}
	if data, err := o.WorkFiles().Thumbnail(t.Context(), w.ID, 0, 320); err != nil || len(data) < 500 {
		t.Errorf("after it was torn: %d bytes, %v", len(data), err)
	}
	if err := os.RemoveAll(filepath.Join(o.Dir(), "thumbs")); err != nil {
		t.Fatal(err)
	}
	if data, err := o.WorkFiles().Thumbnail(t.Context(), w.ID, 0, 5000); err != nil || len(data) == 0 {
		t.Errorf("after the folder was deleted: %v", err)
	}
}

func TestWhatCanNotBeDrawnSaysWhy(t *testing.T) {
	o := pictured(t)
	for title, text := range map[string]string{
		"照片乙": "media.picture_too_big",
		"照片丙": "media.bad_picture",
		"照片丁": "media.no_preview",
	} {
		for range 2 {
			data, err := o.WorkFiles().Thumbnail(t.Context(), workOf(t, o, title).ID, 0, 320)
			if data != nil {
				t.Errorf("%s is drawn", title)
			}
			wantCode(t, err, judging.Invalid, text)
		}
	}
	_, err := o.WorkFiles().Thumbnail(t.Context(), workOf(t, o, "照片甲").ID, 1, 320)
	wantCode(t, err, judging.NotFound, "works.no_file")
	_, err = o.WorkFiles().Thumbnail(t.Context(), "w999999", 0, 320)
	wantCode(t, err, judging.NotFound, "works.missing")
	var last [2]int
	tally, err := o.WorkFiles().MakeThumbnails(t.Context(), func(done, total int) { last = [2]int{done, total} })
	if err != nil || tally != (workfiles.ThumbTally{Made: 1, None: 2}) || last != [2]int{3, 3} {
		t.Errorf("%+v %v, told %v", tally, err, last)
	}
	if again, err := o.WorkFiles().MakeThumbnails(t.Context(), nil); err != nil || again != (workfiles.ThumbTally{
		Kept: 1,
		None: 2,
	}) {
		t.Errorf("again: %+v %v", again, err)
	}
}

func TestWorksAreHeldToWhatTheRulesRequire(t *testing.T) {
	o := pictured(t)
	tally, err := o.WorkFiles().MeasureFiles(t.Context(), nil)
	if err != nil || tally != (workfiles.MeasureTally{Measured: 4, Broken: 1}) {
		t.Fatalf("%+v %v", tally, err)
	}
	if again, err := o.WorkFiles().MeasureFiles(t.Context(), nil); err != nil || again != (workfiles.MeasureTally{
		Known:  4,
		Broken: 1,
	}) {
		t.Fatalf("again: %+v %v", again, err)
	}
	facts, err := o.WorkFiles().FileFacts(t.Context(), workOf(t, o, "照片甲").ID)
	if err != nil || len(facts) != 1 || facts[0].Width != 1200 || facts[0].Format != "jpeg" {
		t.Errorf("%+v %v", facts, err)
	}
	list, err := o.WorkFiles().CheckWorks(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, w := range list {
		for _, s := range w.Shortfalls {
			got[w.Title] += s.Text + " "
		}
	}
	if len(got) != 2 || got["照片丁"] != "require.need_picture " || got["照片丙"] != "require.broken " {
		t.Errorf("%v", got)
	}
}

// fixCRC makes the head of a PNG agree with its check sum.
func fixCRC(data []byte) []byte {
	binary.BigEndian.PutUint32(data[29:], crc32.ChecksumIEEE(data[12:29]))
	return data
}

// A contest that is moved away while its files are looked at is called by its name, never a file by that of its bytes.
func TestAFileOfAContestThatWasMovedIsNotNamedByItsBytes(t *testing.T) {
	dir := t.TempDir()
	media := filepath.Join(dir, "征集.fayi", "media", "90")
	if err := os.MkdirAll(media, 0o700); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(media, strings.Repeat("9", 64))
	if err := os.WriteFile(path, []byte("text"), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := os.Rename(filepath.Join(dir, "征集.fayi"), filepath.Join(dir, "别处.fayi")); err != nil {
		t.Fatal(err)
	}
	_, err = workfiles.Prose(t.Context(), f)
	wantCode(t, err, judging.NotFound, "store.no_file")
	var known *judging.Error
	if !errors.As(err, &known) || known.Args["File"] != "征集.fayi" {
		t.Errorf("%v %+v", err, known)
	}
}
