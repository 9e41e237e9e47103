package picture

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/media/mediatest"
)

func TestPicturesOfPhonesAreDecodedInTheirMachine(t *testing.T) {
	// its own samples
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/gen2brain/heic").Output()
	data, readErr := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "testdata", "test8.heic"))
	if err != nil || readErr != nil {
		t.Skip("the decoder's samples are not there")
	}
	facts, err := Measure(bytes.NewReader(data))
	mediatest.Must(t, err)
	if facts.Format != "heic" || facts.Width < 100 || facts.Height < 100 {
		t.Fatalf("%+v", facts)
	}
	small, err := Thumbnail(bytes.NewReader(data), 100)
	if !readsHeif {
		if judging.CodeOf(err) != judging.Invalid {
			t.Error(err)
		}
		t.Skip("built without the decoder")
	}
	mediatest.Must(t, err)
	if max(small.Bounds().Dx(), small.Bounds().Dy()) != 100 ||
		(small.Bounds().Dx() > small.Bounds().Dy()) != (facts.Width > facts.Height) {
		t.Errorf("%v of %+v", small.Bounds(), facts)
	}
	if p, err := Thumbnail(bytes.NewReader(data[:len(data)/2]), 100); p != nil ||
		judging.CodeOf(err) != judging.Invalid {
		t.Errorf("cut: %v", err)
	}
}
