package scrub_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"fayi/judging/media/scrub"
)

// Files that a real program wrote must sound and look the same afterwards, frame by frame.
func TestFilmsAndSoundOfFFmpegKeepEachFrame(t *testing.T) {
	ffmpeg, err := exec.LookPath("ffmpeg")
	if err != nil {
		t.Skip("ffmpeg is not installed")
	}
	dir := t.TempDir()
	sound := []string{"-f", "lavfi", "-i", "sine=440:duration=1"}
	film := append([]string{"-f", "lavfi", "-i", "testsrc=size=64x48:rate=5:duration=1"}, sound...)
	for name, in := range map[string][]string{
		"a.mp4":  film,
		"b.mp4":  append(film, "-movflags", "+faststart"),
		"c.mov":  film,
		"d.mkv":  film,
		"e.avi":  film,
		"f.wmv":  film,
		"g.m4a":  sound,
		"h.mp3":  sound,
		"i.flac": sound,
		"j.ogg":  sound,
		"k.wav":  sound,
		"l.opus": sound,
		"m.webm": append(film, "-c:v", "vp8"),
	} {
		path := filepath.Join(dir, name)
		args := append(
			append([]string{"-v", "error", "-y"}, in...), "-metadata", "artist="+planted, "-metadata",
			"title="+planted, "-metadata", "comment="+planted,
			"-metadata:s:a",
			"title="+planted,
			path,
		)
		if out, err := exec.Command(ffmpeg, args...).CombinedOutput(); err != nil {
			t.Logf("%s: this ffmpeg can't write it: %s", name, out)
			continue
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(data, []byte(planted)) && name != "f.wmv" && name != "h.mp3" { // those two write UTF-16
			t.Errorf("%s: nothing was planted", name)
		}
		out, got, err := clean(t, data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if bytes.Contains(out, []byte("小明")) || bytes.Contains(out, []byte("\x0F\x5C\x0E\x66")) {
			t.Errorf("%s: the copy still holds the name (%v)", name, got)
		}
		after := filepath.Join(dir, "after-"+name)
		if err := os.WriteFile(after, out, 0o600); err != nil {
			t.Fatal(err)
		}
		if a, b := frames(t, ffmpeg, path), frames(t, ffmpeg, after); a != b {
			t.Errorf("%s: frames differ", name)
		}
		if words, err := exec.Command(ffmpeg, "-hide_banner", "-i", after).CombinedOutput(); err != nil &&
			bytes.Contains(words, []byte("小明")) {
			t.Errorf("%s: ffmpeg still reads the name", name)
		}
	}
}

// frames sums all that a file shows and sounds.
func frames(t *testing.T, ffmpeg, path string) string {
	t.Helper()
	out, err := exec.Command(ffmpeg, "-v", "error", "-i", path, "-map", "0", "-f", "md5", "-").CombinedOutput()
	if err != nil {
		t.Errorf("%s can't be played: %s", filepath.Base(path), out)
	}
	return string(out)
}

// BenchmarkCopy prints how fast copies are made, and how fast ffmpeg does the same where it is installed.
func BenchmarkCopy(b *testing.B) {
	ffmpeg, err := exec.LookPath("ffmpeg")
	if err != nil {
		b.Skip("ffmpeg is not installed")
	}
	path := filepath.Join(b.TempDir(), "a.mp4")
	if out, err := exec.Command(
		ffmpeg, "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=1920x1080:rate=25:duration=8", "-b:v", "60M",
		"-metadata",
		"artist="+planted,
		path,
	).CombinedOutput(); err != nil {
		b.Skipf("%s", out)
	}
	f, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(info.Size())
	var ours time.Duration
	for b.Loop() {
		at := time.Now()
		out, err := os.Create(path + ".copy")
		if err != nil {
			b.Fatal(err)
		}
		if _, err := scrub.Copy(context.Background(), out, f, info.Size()); err != nil {
			b.Fatal(err)
		}
		out.Close()
		ours = time.Since(at)
	}
	at := time.Now()
	if out, err := exec.Command(
		ffmpeg, "-v", "error", "-y", "-i", path, "-map_metadata", "-1", "-c", "copy", path+".mp4",
	).CombinedOutput(); err != nil {
		b.Fatalf("%s", out)
	}
	fmt.Printf(
		"%d MB of film: %v here, %v by ffmpeg -map_metadata -1 -c copy\n", info.Size()>>20,
		ours.Round(time.Millisecond), time.Since(at).Round(time.Millisecond),
	)
}
