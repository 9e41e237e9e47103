package office_test

import (
	"archive/zip"
	"bytes"
	"fmt"
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

// TestTheListOfPlacesIsWhatIsTested holds docs/blindness.md to the table. FAYI_UPDATE=1 writes it.
func TestTheListOfPlacesIsWhatIsTested(t *testing.T) {
	const path = "../../docs/blindness.md"
	var b strings.Builder
	b.WriteString("# 盲评检查的位置 · Places searched for blind judging\n\n" +
		"自动测试在下列每个位置埋下记号，确认评委看到的文件里都没有。\n" +
		"A test plants a mark in each of these places and makes sure that none reaches a judge.\n" +
		"Files of a kind that can't be cleaned are drawn again or stay shut. Words that a reader shows (text, " +
		"headers,\n" +
		"footnotes) stay; names in them are searched and told. Not searched: what is seen or heard in pictures, " +
		"films and\n" +
		"sound, data inside codecs, embedded fonts.\n")
	for _, f := range markedFiles {
		fmt.Fprintf(&b, "\n## %s\n\n", strings.TrimPrefix(filepath.Ext(f.name), "."))
		for _, p := range f.parts {
			for _, m := range markPlace.FindAllStringSubmatch(p, -1) {
				b.WriteString("- " + m[1] + "\n")
			}
		}
	}
	if os.Getenv("FAYI_UPDATE") != "" {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if there, err := os.ReadFile(path); err != nil || string(there) != b.String() {
		t.Errorf("docs/blindness.md is not the table of this test: write it with FAYI_UPDATE=1 (%v)", err)
	}
}
