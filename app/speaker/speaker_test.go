package speaker_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"fayi/app/speaker"
	"fayi/judging"
	"fayi/judging/media/play"
)

// tone is a source that never ends.
type tone struct{ n int }

func (t *tone) Read(p []byte) (int, error) {
	t.n += len(p)
	return len(p) / play.FrameBytes * play.FrameBytes, nil
}

// TestWithoutACardItIsSaid runs in a process of its own, whose ALSA has no device: the library opens the card once.
func TestWithoutACardItIsSaid(t *testing.T) {
	if os.Getenv("FAYI_CARD") == "" {
		out, err := again(t, "none", "# no device\n")
		if err != nil || !strings.Contains(out, "PASS") {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	began := time.Now()
	for range 2 {
		v, err := speaker.Card{}.Start(&tone{})
		if v != nil || judging.CodeOf(err) != judging.Unavailable {
			t.Errorf("%v %v", v, err)
		}
	}
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("it took %v to find no card", took)
	}
}

// again runs the calling test in a process of its own with these devices.
func again(t *testing.T, card, devices string) (string, error) {
	t.Helper()
	at := t.TempDir() + "/asound.conf"
	if err := os.WriteFile(at, []byte(devices), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0], "-test.v", "-test.run", "^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), "FAYI_CARD="+card, "ALSA_CONFIG_PATH="+at)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// TestACardIsOpenedAndLetGo: a device that swallows all takes the sound, and is asked for nothing while paused.
func TestACardIsOpenedAndLetGo(t *testing.T) {
	if os.Getenv("FAYI_CARD") == "" {
		out, err := again(t, "null", "pcm.!default { type null }\n")
		if err != nil || !strings.Contains(out, "PASS") {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	src := &tone{}
	v, err := speaker.Card{}.Start(src)
	if err != nil {
		t.Fatal(err)
	}
	if v.Played() != 0 {
		t.Error("it plays before it is told to")
	}
	v.SetVolume(0.5)
	v.Play()
	time.Sleep(300 * time.Millisecond)
	got := v.Played()
	// the device takes more than time allows; the count does not believe it
	if low, high := int64(play.Rate/10), int64(play.Rate*6/10); got < low || got > high || v.Err() != nil {
		t.Errorf("%d frames after 0.3 s, %v", got, v.Err())
	}
	v.Pause()
	at := v.Played()
	time.Sleep(100 * time.Millisecond)
	if v.Played() != at {
		t.Error("time goes on while it is paused")
	}
	v.Play()
	time.Sleep(50 * time.Millisecond)
	if v.Played() <= at {
		t.Error("it does not go on")
	}
	v.Close()
}
