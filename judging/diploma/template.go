package diploma

import (
	"bytes"
	_ "embed"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	_ "image/png" // backgrounds may be PNG
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"
	"golang.org/x/image/draw"

	"fayi/judging"
	"fayi/judging/text"
)

// Template 证书模板 says what stands where on a certificate: A4 across, positions in millimetres from the upper left
// corner, sizes of type in points.
type Template struct {
	Name string `toml:"name"`
	// file of a JPEG or PNG picture next to the template, drawn over the whole page; "" for none
	Background string `toml:"background,omitempty"`
	Frame      bool   `toml:"frame"` // the cinnabar frame
	Texts      []Text `toml:"text"`
	QR         Spot   `toml:"qr"`   // the code to check the certificate by; no size leaves it out
	Seal       Spot   `toml:"seal"` // room for the seal: shown on proofs only

	picture []byte // the background as JPEG, ready to embed
}

// Text is one text of a template. Fields in it stand in braces, as {author}; a text with fields of which none has a
// value is left out, and so is one whose When names a field that has none, or Unless one that has.
type Text struct {
	Text   string  `toml:"text"`
	X      float64 `toml:"x"`
	Y      float64 `toml:"y"`
	Width  float64 `toml:"width"`
	Height float64 `toml:"height"` // a text that needs more room is set smaller
	Size   float64 `toml:"size"`   // points, 6-120
	Bold   bool    `toml:"bold,omitempty"`
	Align  string  `toml:"align,omitempty"`  // left, center or right; empty: left
	Colour string  `toml:"colour,omitempty"` // #RRGGBB; empty: black
	When   string  `toml:"when,omitempty"`
	Unless string  `toml:"unless,omitempty"`
}

// Spot is a square on the page, in millimetres.
type Spot struct {
	X    float64 `toml:"x"`
	Y    float64 `toml:"y"`
	Size float64 `toml:"size"`
}

//go:embed template.toml
var bundled []byte

// Bundled returns the file of the template that comes with the program, with remarks on how to change it.
func Bundled() []byte { return slices.Clone(bundled) }

// Fields lists the names of fields that texts may hold.
var Fields = []string{
	"author",
	"title",
	"award",
	"contest",
	"category",
	"group",
	"unit",
	"teacher",
	"number",
	"date",
	"host",
	"code",
}

var (
	fieldName  = regexp.MustCompile(`\{([a-z_]+)\}`)
	colourName = regexp.MustCompile(`^#[0-9A-Fa-f]{6}$`)
)

// Limits of what a template may be.
const (
	mostTexts   = 60
	mostPicture = 60_000_000 // pixels
)

// ReadTemplate reads a template. open gives the bytes of the background it names; nil refuses one. Errors: Invalid,
// telling which text is wrong and how; those of open.
func ReadTemplate(data []byte, open func(name string) ([]byte, error)) (Template, error) {
	var t Template
	meta, err := toml.Decode(string(data), &t)
	if err != nil {
		return t, judging.Fail(judging.Invalid, "diploma.template_unreadable", nil).Because(err)
	}
	if odd := meta.Undecoded(); len(odd) > 0 {
		return t, judging.Fail(judging.Invalid, "diploma.template_unknown", judging.Args{"Name": odd[0].String()})
	}
	if err := t.check(); err != nil || t.Background == "" {
		return t, err
	}
	if open == nil {
		return t, judging.Fail(judging.Invalid, "diploma.background_unreadable", judging.Args{"Name": t.Background})
	}
	raw, err := open(t.Background)
	if err != nil {
		return t, err
	}
	t.picture, err = lightPicture(raw, t.Background)
	return t, err
}

func (t Template) check() error {
	if len(t.Texts) == 0 || len(t.Texts) > mostTexts {
		return judging.Fail(judging.Invalid, "diploma.template_texts", judging.Args{"Max": mostTexts})
	}
	for i, x := range t.Texts {
		if err := x.check(i + 1); err != nil {
			return err
		}
	}
	for _, s := range []Spot{t.QR, t.Seal} {
		if !within(s.X, s.Y, s.Size, s.Size) {
			return judging.Fail(judging.Invalid, "diploma.template_outside", judging.Args{"N": 0})
		}
	}
	return nil
}

func (x Text) check(n int) error {
	args := judging.Args{"N": n}
	if !within(x.X, x.Y, x.Width, x.Height) || x.Width <= 0 || x.Height <= 0 {
		return judging.Fail(judging.Invalid, "diploma.template_outside", args)
	}
	if !(x.Size >= 6 && x.Size <= 120) {
		return judging.Fail(judging.Invalid, "diploma.template_size", args)
	}
	if !slices.Contains([]string{"", "left", "center", "right"}, x.Align) ||
		x.Colour != "" && !colourName.MatchString(x.Colour) {
		return judging.Fail(judging.Invalid, "diploma.template_looks", args)
	}
	names := fieldName.FindAllStringSubmatch(x.Text, -1)
	for _, name := range []string{x.When, x.Unless} {
		if name != "" {
			names = append(names, []string{"", name})
		}
	}
	for _, f := range names {
		if !slices.Contains(Fields, f[1]) {
			return judging.Fail(judging.Invalid, "diploma.template_field", judging.Args{
				"N":     n,
				"Name":  f[1],
				"Known": strings.Join(Fields, " "),
			})
		}
	}
	return nil
}

// within reports whether a rectangle in millimetres lies on the page; what is no number does not.
func within(x, y, w, h float64) bool {
	return x >= 0 && y >= 0 && w >= 0 && h >= 0 && x+w <= 297.001 && y+h <= 210.001 && !math.IsNaN(x+y+w+h)
}

// lightPicture makes a background light enough to print: at most 200 dots to the inch.
func lightPicture(raw []byte, name string) ([]byte, error) {
	bad := func(err error) error {
		return judging.Fail(judging.Invalid, "diploma.background_unreadable", judging.Args{"Name": name}).Because(err)
	}
	head, kind, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil || head.Width <= 0 || head.Height <= 0 || head.Width > mostPicture/head.Height {
		return nil, bad(err)
	}
	const wide, high, light = 2339, 1654, 400_000
	if kind == "jpeg" && len(raw) <= light && head.Width <= wide && head.ColorModel != color.CMYKModel {
		return raw, nil
	}
	img, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return nil, bad(err)
	}
	w, h := head.Width, head.Height
	if scale := max(float64(w)/wide, float64(h)/high); scale > 1 {
		w, h = max(1, int(float64(w)/scale)), max(1, int(float64(h)/scale))
	}
	flat := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(flat, flat.Bounds(), image.White, image.Point{}, draw.Src)
	draw.CatmullRom.Scale(flat, flat.Bounds(), img, img.Bounds(), draw.Over, nil)
	var out bytes.Buffer
	if err := jpeg.Encode(&out, flat, &jpeg.Options{Quality: 82}); err != nil {
		return nil, bad(err)
	}
	return out.Bytes(), nil
}

// fill puts a certificate's values into the text; ok is false where it is to be left out.
func (x Text) fill(values map[string]string) (string, bool) {
	if x.When != "" && values[x.When] == "" || x.Unless != "" && values[x.Unless] != "" {
		return "", false
	}
	fields, filled := 0, 0
	filledIn := fieldName.ReplaceAllStringFunc(x.Text, func(f string) string {
		v := text.Line(values[f[1:len(f)-1]])
		if fields++; v != "" {
			filled++
		}
		return v
	})
	return filledIn, fields == 0 || filled > 0
}

// rgb reads the colour.
func (x Text) rgb() (r, g, b uint8) {
	if x.Colour == "" {
		return 0, 0, 0
	}
	n, err := strconv.ParseUint(x.Colour[1:], 16, 32)
	if err != nil {
		panic(fmt.Sprintf("template not checked: %v", err))
	}
	return uint8(n >> 16), uint8(n >> 8), uint8(n)
}
