package office_test

import (
	"bytes"
	"image/jpeg"
	"os"
	"testing"

	"fayi/judging"
	"fayi/judging/media/picture"
	"fayi/judging/office"
)

// The file was made by heif-enc, 160 pixels wide because the decoder takes the colours of pictures below 128 from
// the wrong place, from a picture that is red above and blue below and names its maker in Exif and XMP.
func TestAPictureOfAPhoneBecomesAPlainJPEG(t *testing.T) {
	data, err := os.ReadFile("testdata/planted.heic")
	if err != nil || bytes.Count(data, []byte(plantedAuthor)) != 2 {
		t.Fatalf("the file names its maker %d times, %v", bytes.Count(data, []byte(plantedAuthor)), err)
	}
	o, w, judge := planted(t, plantedRow, map[string][]byte{"1.heic": data})
	if _, err := picture.Thumbnail(bytes.NewReader(data), 32); err != nil {
		_, err := o.Scoring().Desk(judge).OpenFile(t.Context(), w.Code, 0, 0)
		wantCode(t, err, judging.Closed, "blind.not_clean")
		t.Skip("built without the decoder (tag nodynamic): nobody gets the file before the organiser looked")
	}
	copied := seenBy(t, o, judge, w, 0)
	p, err := jpeg.Decode(bytes.NewReader(copied))
	if err != nil || p.Bounds().Dx() != 160 || p.Bounds().Dy() != 120 {
		t.Fatalf("%v %v", p, err)
	}
	if bytes.Contains(copied, []byte(plantedAuthor)) || bytes.Contains(copied, []byte("Exif")) ||
		bytes.Contains(copied, []byte("ns.adobe.com")) {
		t.Error("the copy still tells something")
	}
	r, _, b, _ := p.At(80, 4).RGBA()
	if r>>8 < 150 || b>>8 > 100 {
		t.Errorf("red is %d %d", r>>8, b>>8)
	}
}

// Desks opened at the same moment get the same copy; with -race this also shows that it is safe.
func TestManyDesksAskingAtOnceGetOneCopy(t *testing.T) {
	o, w, judge := planted(t, plantedRow, map[string][]byte{"1.jpg": plantedPhoto(t)})
	const desks = 8
	got := make(chan string, desks)
	for range desks {
		go func() { got <- readOrWhy(o, judge, w.Code, t) }()
	}
	first := <-got
	for range desks - 1 {
		if next := <-got; next != first || !bytes.HasPrefix([]byte(first), []byte("\xFF\xD8")) {
			t.Fatalf("%.40q beside %.40q", next, first)
		}
	}
}

func readOrWhy(o *office.Office, judge judging.JudgeID, code judging.WorkCode, t *testing.T) string {
	f, err := o.Scoring().Desk(judge).OpenFile(t.Context(), code, 0, 0)
	if err != nil {
		return err.Error()
	}
	defer f.Close()
	var b bytes.Buffer
	if _, err := b.ReadFrom(f); err != nil {
		return err.Error()
	}
	return b.String()
}
