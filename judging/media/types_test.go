package media

import (
	"bytes"
	"errors"
	"image"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/media/prose"
)

// What the table says is drawn from pixels must have a decoder, and what is read as words a reader: each is given the
// mere beginning of such a file, and must find it broken, not unknown.
func TestWhatIsShownCanBeRead(t *testing.T) {
	for _, row := range filetype.All() {
		head := ""
		if len(row.Magic) > 0 {
			head = strings.ReplaceAll(row.Magic[0], "?", "\x00")
		}
		switch {
		case row.Show == filetype.AsPixels && row.Clean != filetype.ByPixels: // heic has tests of its own
			switch row.Name {
			case "bmp":
				head = "BM"
			case "webp":
				head += "VP8 "
			}
			_, _, err := image.DecodeConfig(bytes.NewReader([]byte(head + strings.Repeat("\x00", 20))))
			if errors.Is(err, image.ErrFormat) {
				t.Errorf("%s is shown by its pixels, but nothing decodes it", row.Name)
			}
		case row.Show == filetype.AsWords:
			head = map[string]string{"txt": "宪法", "docx": "PK\x03\x04", "odt": "PK\x03\x04"}[row.Name]
			_, err := prose.Read(strings.NewReader(head), int64(len(head)))
			if errors.Is(err, &judging.Error{Code: judging.Invalid, Text: "media.no_prose"}) {
				t.Errorf("%s is shown by its words, but nothing reads it", row.Name)
			}
		}
	}
}
