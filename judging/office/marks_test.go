package office_test

import (
	"archive/zip"
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// markedFile is a file in whose hidden places marks are planted: {{place}} in its parts or arguments.
type markedFile struct {
	name  string
	make  func(t *testing.T, parts []string) []byte
	parts []string
}

var markPlace = regexp.MustCompile(`\{\{([^}]+)\}\}`)

const officeTypes = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

// zipOf packs names and contents in turn.
func zipOf(t *testing.T, parts []string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i+1 < len(parts); i += 2 {
		if parts[i] == "comment" {
			z.SetComment(parts[i+1])
			continue
		}
		w, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, parts[i+1])
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func joined(_ *testing.T, parts []string) []byte { return []byte(strings.Join(parts, "")) }

// base returns a clean picture as a start for exiftool.
func basePicture(t *testing.T, ext string) []byte {
	t.Helper()
	p := image.NewGray(image.Rect(0, 0, 64, 64))
	var b bytes.Buffer
	if ext == "png" {
		if err := png.Encode(&b, p); err != nil {
			t.Fatal(err)
		}
	} else if err := jpeg.Encode(&b, p, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// byExiftool writes tags into a picture; one that the format can't hold is counted as not planted.
func byExiftool(ext string) func(*testing.T, []string) []byte {
	return func(t *testing.T, args []string) []byte {
		path := filepath.Join(t.TempDir(), "a."+ext)
		if err := os.WriteFile(path, basePicture(t, ext), 0o600); err != nil {
			t.Fatal(err)
		}
		if exec.Command(
			"exiftool", append([]string{"-q", "-m", "-overwrite_original"}, append(args, path)...)...,
		).Run() != nil {
			return nil
		}
		data, _ := os.ReadFile(path)
		return data
	}
}

// byFFmpeg makes a second of sound, or of film, with tags.
func byFFmpeg(ext string, input ...string) func(*testing.T, []string) []byte {
	return func(t *testing.T, tags []string) []byte {
		path := filepath.Join(t.TempDir(), "a."+ext)
		args := append([]string{"-v", "error"}, input...)
		for _, tag := range tags {
			if strings.HasPrefix(tag, "s:") {
				args = append(args, "-metadata:"+"s:0", tag[2:])
			} else {
				args = append(args, "-metadata", tag)
			}
		}
		if exec.Command("ffmpeg", append(args, path)...).Run() != nil {
			return nil
		}
		data, _ := os.ReadFile(path)
		return data
	}
}
