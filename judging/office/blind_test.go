package office_test

import (
	"archive/zip"
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/intake"
	"fayi/judging/office/review"
)

// The maker of the planted work: none of these strings may reach a judge.
const (
	plantedAuthor = "欧阳小明"
	plantedUnit   = "云岭市青山县青山镇中心小学"
)

var plantedRow = []any{"山村普法", "书法", "小学组", plantedAuthor, plantedUnit, "司马老师", "13812345678"}

func lengthened(marker byte, body string) []byte {
	n := len(body) + 2
	return append([]byte{0xFF, marker, byte(n >> 8), byte(n)}, body...)
}

// plantedPhoto is a picture of a dark field, 40 by 20, that names its maker in Exif, XMP and a comment.
func plantedPhoto(t *testing.T) []byte {
	t.Helper()
	p := image.NewRGBA(image.Rect(0, 0, 40, 20))
	for i := range p.Pix {
		p.Pix[i] = 10
		if i%4 == 3 {
			p.Pix[i] = 255
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, p, nil); err != nil {
		t.Fatal(err)
	}
	exif := "Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x3B\x01\x02\x00\x0C\x00\x00\x00\x1A\x00\x00\x00\x00" +
		"\x00\x00\x00" +
		plantedAuthor
	out := append([]byte{0xFF, 0xD8}, lengthened(0xE1, exif)...)
	out = append(out, lengthened(0xE1, "http://ns.adobe.com/xap/1.0/\x00<dc:creator>"+plantedAuthor+"</dc:creator>")...)
	out = append(out, lengthened(0xFE, plantedUnit)...)
	return append(out, b.Bytes()[2:]...)
}

func plantedWord(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range [][2]string{
		{"[Content_Types].xml", "<Types/>"},
		{"_rels/.rels", `<Relationships><Relationship Id="r1" Type="` + officeTypes +
			`officeDocument" Target="word/document.xml"/><Relationship Id="r2" ` +
			`Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" ` +
			`Target="docProps/core.xml"/><Relationship Id="r3" Type="` + officeTypes +
			`extended-properties" Target="docProps/app.xml"/></Relationships>`},
		{"docProps/core.xml", "<dc:creator>" + plantedAuthor + "</dc:creator>"},
		{"docProps/app.xml", "<Company>" + plantedUnit + "</Company>"},
		{"word/comments.xml", `<w:comment w:author="` + plantedAuthor + `"/>`},
		{
			"word/document.xml",
			`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>` +
				`<w:t>法治春风进山村</w:t></w:r></w:p></w:body></w:document>`,
		},
	} {
		w, err := z.Create(p[0])
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, p[1])
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func boxed(kind, body string) string {
	n := len(body) + 8
	return string([]byte{0, 0, byte(n >> 8), byte(n)}) + kind + body
}

// plantedFiles are files of one work, each naming its maker where judges don't look but programs do.
func plantedFiles(t *testing.T) map[string][]byte {
	t.Helper()
	return map[string][]byte{
		"1.jpg":  plantedPhoto(t),
		"2.docx": plantedWord(t),
		"3.pdf": []byte(
			"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count " +
				"1>>\nendobj\n" +
				"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>\nendobj\n4 0 obj\n<</Author(" +
				plantedAuthor + ")/Title(" + plantedUnit +
				")>>\nendobj\ntrailer\n<</Root 1 0 R/Info 4 0 R/Size 5>>\n%%EOF\n",
		),
		"4.mp4": []byte(
			boxed("ftyp", "isom\x00\x00\x02\x00isommp41") + boxed("moov", boxed("udta", plantedAuthor)) +
				boxed("mdat", "frames"),
		),
		"5.mp3": []byte(
			"ID3\x03\x00\x00\x00\x00\x00\x16TPE1\x00\x00\x00\x0C\x00\x00" + plantedAuthor +
				strings.Repeat("\xFF\xFB\x90\x00"+strings.Repeat("\x00", 413), 3),
		),
	}
}

// planted is a contest of one work with the files, and a judge to whom it is given.
func planted(t *testing.T, row []any, files map[string][]byte) (*office.Office, judging.Work, judging.JudgeID) {
	t.Helper()
	o := newOffice(t)
	dir := t.TempDir()
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, row[0].(string)+"-"+name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	importAll(t, o, intake.ImportRequest{Sources: []string{table(t, "作品.xlsx", header, row)}, Media: []string{dir}})
	list, err := o.Works(t.Context(), office.WorkFilter{})
	if err != nil || len(list) != 1 {
		t.Fatalf("%d works, %v", len(list), err)
	}
	if len(list[0].Files) != len(files) {
		t.Fatalf("%d files of %d matched", len(list[0].Files), len(files))
	}
	addJudges(t, o, 6)
	publish(t, o)
	judges, err := o.Assignment().Judges(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, j := range judges {
		if d, err := o.Scoring().Desk(j.ID).Duties(t.Context()); err == nil && len(d.Works) == 1 {
			return o, list[0], j.ID
		}
	}
	t.Fatal("nobody judges the work")
	return nil, judging.Work{}, ""
}

func seenBy(t *testing.T, o *office.Office, judge judging.JudgeID, w judging.Work, n int) []byte {
	t.Helper()
	f, err := o.Scoring().Desk(judge).OpenFile(t.Context(), w.Code, n, 0)
	if err != nil {
		t.Fatalf("file %d: %v", n+1, err)
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestJudgesCopiesHoldNothingOfTheMaker(t *testing.T) {
	files := plantedFiles(t)
	o, w, judge := planted(t, plantedRow, files)
	for n, f := range w.Files {
		copied := seenBy(t, o, judge, w, n)
		all := string(copied)
		if z, err := zip.NewReader(bytes.NewReader(copied), int64(len(copied))); err == nil {
			for _, part := range z.File {
				r, err := part.Open()
				if err != nil {
					t.Fatal(err)
				}
				b, _ := io.ReadAll(r)
				all += string(b)
			}
		}
		for _, secret := range []string{plantedAuthor, "小明", plantedUnit, "中心小学", "司马", "13812345678"} {
			if strings.Contains(all, secret) {
				t.Errorf("file %d (%s) tells %s", n+1, f.Kind, secret)
			}
		}
		if len(copied) == 0 {
			t.Errorf("file %d is empty", n+1)
		}
	}
	list, err := o.Review().BlindnessReport(t.Context())
	if err != nil || len(list) != 1 {
		t.Fatalf("%d rows, %v", len(list), err)
	}
	for _, f := range list[0].Files {
		if !slices.Contains(f.Removed, "author") && !slices.Contains(f.Removed, "unnamed") {
			t.Errorf("file %d: the report does not tell what was taken out: %v", f.N, f.Removed)
		}
	}
}

func TestAMaskCoversWhatJudgesSee(t *testing.T) {
	o, w, judge := planted(t, plantedRow, map[string][]byte{"1.jpg": plantedPhoto(t)})
	before := seenBy(t, o, judge, w, 0)
	if err := o.Review().SetMasks(t.Context(), w.ID, 0, []judging.Mask{{X: .5, Y: 0, W: .5, H: 1}}); err != nil {
		t.Fatal(err)
	}
	p, _, err := image.Decode(bytes.NewReader(seenBy(t, o, judge, w, 0)))
	if err != nil {
		t.Fatal(err)
	}
	grey := func(x int) uint8 { return color.GrayModel.Convert(p.At(x, 10)).(color.Gray).Y }
	if grey(35) < 180 || grey(5) > 40 {
		t.Errorf("left is %d, right is %d: only the right half is covered", grey(5), grey(35))
	}
	if err := o.Review().SetMasks(t.Context(), w.ID, 0, nil); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(seenBy(t, o, judge, w, 0), before) {
		t.Error("taking the mask off must show the first copy again")
	}
	wantCode(t, o.Review().SetMasks(t.Context(), w.ID, 0, []judging.Mask{{
		W: 2,
		H: 1,
	}}), judging.Invalid, "blind.bad_mask")
	wantCode(t, o.Review().SetMasks(t.Context(), w.ID, 7, nil), judging.NotFound, "works.no_file")
}

func TestAFileThatCannotBeCleanedIsNeverShown(t *testing.T) {
	for name, data := range map[string]string{
		"1.rtf": `{\rtf1{\info{\author x}}words{\pict 00}}`,
		"1.txt": `<svg xmlns="http://www.w3.org/2000/svg"><metadata>x</metadata></svg>`,
		"1.mid": "MThd\x00\x00\x00\x06 song",
	} {
		o, w, judge := planted(t, plantedRow, map[string][]byte{name: []byte(data)})
		for _, yes := range []bool{false, true} {
			if err := o.Review().LookedAt(t.Context(), w.ID, 0, yes); err != nil {
				t.Fatal(err)
			}
			_, err := o.Scoring().Desk(judge).OpenFile(t.Context(), w.Code, 0, 0)
			wantCode(t, err, judging.Closed, "blind.not_clean")
		}
	}
}

func TestWhatIsLeftInACopyShutsItUntilSomebodyLooked(t *testing.T) {
	doc := wordFile(t, "word/media/image1.emf", "EMF "+plantedAuthor)
	o, w, judge := planted(t, plantedRow, map[string][]byte{"1.docx": doc})
	_, err := o.Scoring().Desk(judge).OpenFile(t.Context(), w.Code, 0, 0)
	wantCode(t, err, judging.Closed, "blind.not_clean")
	if err := o.Review().LookedAt(t.Context(), w.ID, 0, true); err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(seenBy(t, o, judge, w, 0), []byte("PK")) {
		t.Error("not shown after somebody looked")
	}
	if _, err := o.Review().PrepareBlind(t.Context(), w.ID); err != nil {
		t.Fatal(err)
	}
	list, err := o.Review().BlindnessReport(t.Context())
	if err != nil || !slices.ContainsFunc(list[0].Files[0].Rest, func(s string) bool {
		return strings.Contains(s, plantedAuthor)
	}) {
		t.Errorf("what remains is not shown: %+v %v", list, err)
	}
}

// wordFile is a document with one picture, whatever it is.
func wordFile(t *testing.T, picture, data string) []byte {
	t.Helper()
	const types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`},
		{"_rels/.rels", `<Relationships><Relationship Id="a" Type="` + types +
			`officeDocument" Target="word/document.xml"/><Relationship Id="r2" ` +
			`Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" ` +
			`Target="docProps/core.xml"/><Relationship Id="r3" Type="` + officeTypes +
			`extended-properties" Target="docProps/app.xml"/></Relationships>`},
		{"word/document.xml", `<w:document ` + wordSpaces + `><w:body><w:p><w:r><w:t>宪法</w:t></w:r>` +
			`<w:r><w:drawing><a:blip r:embed="b"/></w:drawing></w:r></w:p></w:body></w:document>`},
		{"word/_rels/document.xml.rels", `<Relationships><Relationship Id="b" Type="` + types +
			`image" Target="/` + picture + `"/></Relationships>`},
		{picture, data},
	} {
		w, err := z.Create(p[0])
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, p[1])
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTheReportSaysWhatStillNeedsAnEye(t *testing.T) {
	row := slices.Clone(plantedRow)
	row[0] = plantedAuthor + "的梦"
	o, w, _ := planted(t, row, map[string][]byte{"1.jpg": plantedPhoto(t), "2.txt": []byte("我是青山小学的欧 阳 小 明。")})
	state := func() review.BlindState {
		t.Helper()
		list, err := o.Review().BlindnessReport(t.Context())
		if err != nil || len(list) != 1 {
			t.Fatalf("%d rows, %v", len(list), err)
		}
		return list[0]
	}
	if s := state(); !slices.Contains(s.Files[0].Needs, review.NeedPrepare) || s.Open() != 3 {
		t.Errorf("before preparing: %+v", s)
	}
	r, err := o.Review().BlindWorks(t.Context(), nil)
	if err != nil || r.Files != 2 || r.Clean != 2 || r.Names != 1 || r.Failed != 0 {
		t.Fatalf("prepared %+v, %v", r, err)
	}
	s := state()
	if len(s.TitleNames) != 1 || !slices.Equal(s.Files[0].Needs, []review.Need{review.NeedMark}) ||
		!slices.Equal(s.Files[1].Needs, []review.Need{review.NeedNames}) {
		t.Errorf("after preparing: %+v", s)
	}
	if names := s.Files[1].Names; len(names) != 2 || names[0].Kind != judging.NameUnit ||
		names[1].Kind != judging.NameAuthor {
		t.Errorf("names found: %+v", names)
	}
	for _, n := range []int{-1, 0, 1} {
		if err := o.Review().LookedAt(t.Context(), w.ID, n, true); err != nil {
			t.Fatal(err)
		}
	}
	if s := state(); s.Open() != 0 {
		t.Errorf("after looking at all: %+v", s)
	}
	path := filepath.Join(t.TempDir(), "盲评.xlsx")
	if open, err := o.Review().WriteBlindness(t.Context(), path, words(t)); err != nil || open != 0 {
		t.Errorf("%d open, %v", open, err)
	}
}
