package read

import (
	"archive/zip"
	"bytes"
	"fayi/judging/sheet/grid"
	"image"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func dot(t testing.TB, w int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, w, 2))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// pictureBook writes a workbook with a picture over B3, two over C5, and whatever parts are added or replaced.
func pictureBook(t testing.TB, change func(name, text string) string, more map[string]string) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	f.SetSheetName("Sheet1", "书法")
	for cell, text := range map[string]string{"A1": "作品名称", "A3": "光", "A5": "影", "D7": "x", "D8": "y", "D9": "z"} {
		f.SetCellValue("书法", cell, text)
	}
	for _, p := range []struct {
		cell string
		w    int
	}{{"B3", 3}, {"C5", 5}, {"C5", 6}} {
		if err := f.AddPictureFromBytes("书法", p.cell, &excelize.Picture{
			Extension: ".png",
			File:      dot(t, p.w),
			Format:    &excelize.GraphicOptions{},
		}); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return rezip(t, b.Bytes(), change, more)
}

func rezip(t testing.TB, data []byte, change func(name, text string) string, more map[string]string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "带图.xlsx")
	file, err := os.Create(out)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	w := zip.NewWriter(file)
	put := func(name, text string) {
		p, err := w.Create(name)
		if err == nil {
			_, err = io.WriteString(p, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, part := range z.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		r.Close()
		if change == nil {
			put(part.Name, string(text))
			continue
		}
		put(part.Name, change(part.Name, string(text)))
	}
	for name, text := range more {
		put(name, text)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out
}

func picturesOf(t testing.TB, path string) (names []string, problems []string) {
	t.Helper()
	b, err := Open(path, "带图.xlsx", grid.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	list, told := b.Pictures()
	for _, p := range list {
		r, err := p.Open()
		if err != nil {
			t.Fatal(err)
		}
		c, err := png.DecodeConfig(r)
		r.Close()
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, p.Name+" "+strings.Repeat("|", c.Width))
	}
	for _, p := range told {
		problems = append(problems, p.Text)
	}
	return names, problems
}

const cellImages = `<etc:cellImages xmlns:etc="e" xmlns:xdr="x" xmlns:a="a" xmlns:r="r">` +
	`<etc:cellImage><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="ID_AAA"/></xdr:nvPicPr><xdr:blipFill>` +
	`<a:blip r:embed="rId1"/></xdr:blipFill></xdr:pic></etc:cellImage>` +
	`<etc:cellImage><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="3" name="ID_BBB"/></xdr:nvPicPr><xdr:blipFill>` +
	`<a:blip r:embed="rId9"/></xdr:blipFill></xdr:pic></etc:cellImage></etc:cellImages>`

// withWPS makes D7 show a picture that is there, D8 one that is not, and D9 one that is named nowhere.
func withWPS(t testing.TB) string {
	change := func(name, text string) string {
		if name != "xl/worksheets/sheet1.xml" {
			return text
		}
		for cell, id := range map[string]string{"D7": "ID_AAA", "D8": "ID_BBB", "D9": "ID_NONE"} {
			i := strings.Index(text, `r="`+cell+`"`)
			from, to := strings.Index(text[i:], ">")+i+1, strings.Index(text[i:], "</c>")+i
			text = text[:from] + `<f>_xlfn.DISPIMG(&quot;` + id + `&quot;,1)</f><v>=DISPIMG(&quot;` + id +
				`&quot;,1)</v>` + text[to:]
		}
		return text
	}
	return pictureBook(t, change, map[string]string{
		"xl/cellimages.xml": cellImages,
		"xl/media/wps.png":  string(dot(t, 9)),
		"xl/_rels/cellimages.xml.rels": `<Relationships>` +
			`<Relationship Id="rId1" Type="http://x/relationships/image" Target="media/wps.png"/></Relationships>`,
	})
}

func TestPicturesOverCellsAreFoundByRow(t *testing.T) {
	names, problems := picturesOf(t, pictureBook(t, nil, nil))
	want := "书法-3-1.png |||,书法-5-1.png |||||,书法-5-2.png ||||||"
	if strings.Join(names, ",") != want || len(problems) > 0 {
		t.Fatalf("%q %q", names, problems)
	}
}

func TestOneBadPictureOfWPSDoesNotLoseTheRest(t *testing.T) {
	names, problems := picturesOf(t, withWPS(t))
	if len(names) != 4 || names[3] != "书法-7-1.png |||||||||" ||
		strings.Join(problems, ",") != "sheet.picture_missing,sheet.picture_missing" {
		t.Fatalf("%q %q", names, problems)
	}
}

func TestABrokenDrawingIsAProblem(t *testing.T) {
	path := pictureBook(t, func(name, text string) string {
		if strings.Contains(name, "drawing1.xml") && !strings.Contains(name, "rels") {
			return text[:len(text)/2] + "<<"
		}
		return text
	}, nil)
	names, problems := picturesOf(t, path)
	if len(problems) != 1 || problems[0] != "sheet.bad_pictures" || len(names) > 2 {
		t.Fatalf("%q %q", names, problems)
	}
}

func FuzzPictures(f *testing.F) {
	f.Add(
		[]byte(cellImages),
		[]byte(
			`<xdr:wsDr><xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:row>2</xdr:row></xdr:from>`+
				`<a:blip r:embed="rId1"/></xdr:twoCellAnchor></xdr:wsDr>`,
		),
	)
	f.Add([]byte(`<a`), []byte(`<xdr:from><xdr:row>99999999999</xdr:row>`))
	f.Fuzz(func(t *testing.T, images, drawing []byte) {
		path := pictureBook(t, func(name, text string) string {
			if name == "xl/drawings/drawing1.xml" {
				return string(drawing)
			}
			return text
		}, map[string]string{"xl/cellimages.xml": string(images)})
		b, err := Open(path, "x.xlsx", grid.Limits{})
		if err != nil {
			return
		}
		defer b.Close()
		b.Pictures()
	})
}
