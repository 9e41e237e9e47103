package media

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"fayi/judging"
	"fayi/judging/media/mediatest"
)

// filmed has ffmpeg make a film of two seconds, or passes over the test where it is not installed.
func filmed(t *testing.T, name string) string {
	t.Helper()
	if _, err := exec.LookPath("ffmpeg"); err != nil {
		t.Skip("ffmpeg is not installed")
	}
	at := filepath.Join(t.TempDir(), name)
	if out, err := exec.Command(
		"ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=size=320x180:rate=5:duration=2", at,
	).CombinedOutput(); err != nil {
		t.Skipf("ffmpeg can't make %s: %s", name, out)
	}
	return at
}

func TestAFilmGivesAPictureAndItsLength(t *testing.T) {
	for name, format := range map[string]string{"-a 片.mp4": "mp4", "b.avi": "avi"} {
		at := filmed(t, name)
		facts := judging.FileFacts{Kind: "video", Format: format}
		mediatest.Must(t, FilmFacts(t.Context(), at, &facts))
		if facts.Width != 320 || facts.Height != 180 || facts.Seconds < 1.9 || facts.Seconds > 2.3 {
			t.Errorf("%s: %+v", name, facts)
		}
		p, err := FilmStill(t.Context(), at, facts, 160)
		mediatest.Must(t, err)
		if p.Bounds().Dx() != 160 || p.Bounds().Dy() != 90 {
			t.Errorf("%s: %v", name, p.Bounds())
		}
	}
}

// TestAListOfFilesIsNoFilm: ffmpeg follows play lists to other files when it may guess what it reads.
func TestAListOfFilesIsNoFilm(t *testing.T) {
	other := filmed(t, "secret.mp4")
	list := filepath.Join(filepath.Dir(other), "list.mp4")
	for _, text := range []string{
		"#EXTM3U\n#EXTINF:2,\nfile:" + other + "\n", "ffconcat version 1.0\nfile '" + other + "'\n",
	} {
		mediatest.Must(t, os.WriteFile(list, []byte(text), 0o600))
		for _, format := range []string{"mp4", "avi", "mkv", "wmv", "txt", ""} {
			p, err := FilmStill(t.Context(), list, judging.FileFacts{Kind: "video", Format: format}, 160)
			if p != nil || judging.CodeOf(err) != judging.Invalid {
				t.Errorf("%q as %s: %v %v", text[:8], format, p != nil, err)
			}
		}
	}
}

func TestWithoutFfmpegItIsSaid(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, err := FilmStill(t.Context(), "a.mp4", judging.FileFacts{
		Format: "mp4",
	}, 160); !errors.Is(err, &judging.Error{
		Code: judging.Unavailable,
		Text: "media.no_ffmpeg",
	}) {
		t.Errorf("%v", err)
	}
}

func TestACancelledFilmIsLetGo(t *testing.T) {
	at := filmed(t, "a.mp4")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := FilmFacts(ctx, at, &judging.FileFacts{Format: "mp4"}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
