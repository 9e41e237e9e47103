package judge_test

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fayi/app/judge"
	"fayi/app/kit/kittest"
	"fayi/judging"
	"fayi/judging/media/play"
)

// card is a sound card whose time the test turns.
type card struct {
	err   error
	voice *voice
}

func (c *card) Start(r io.Reader) (play.Voice, error) {
	if c.err != nil {
		return nil, c.err
	}
	c.voice = &voice{r: r}
	return c.voice, nil
}

// voice is a sound that is heard as far as the test lets it.
type voice struct {
	one    sync.Mutex
	r      io.Reader
	on     bool
	played int64
	volume float64
}

func (v *voice) do(f func()) { v.one.Lock(); defer v.one.Unlock(); f() }

func (v *voice) Play()               { v.do(func() { v.on = true }) }
func (v *voice) Pause()              { v.do(func() { v.on = false }) }
func (v *voice) Close()              { v.Pause() }
func (v *voice) SetVolume(x float64) { v.do(func() { v.volume = x }) }
func (v *voice) Err() error          { return nil }

func (v *voice) Played() (n int64) {
	v.do(func() { n = v.played })
	return n
}

// hear lets a second pass, on the card and in the window.
func (b *bench) hear(c *card, d time.Duration) {
	if c.voice != nil && c.voice.on {
		n, _ := io.CopyN(io.Discard, c.voice.r, int64(d.Seconds()*play.Rate)*play.FrameBytes)
		c.voice.do(func() { c.voice.played += n / play.FrameBytes })
	}
	b.Clock.Advance(d)
}

// waveOf is a WAV of so many seconds.
func waveOf(seconds int) []byte {
	n := uint32(8000 * seconds)
	b := append([]byte("RIFF"), binary.LittleEndian.AppendUint32(nil, 36+n)...)
	b = append(b, "WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1F\x00\x00\x40\x1F\x00\x00\x01\x00\x08\x00data"...)
	b = binary.LittleEndian.AppendUint32(b, n)
	return append(b, make([]byte, n)...)
}

// plays opens the work called title on a desk with its own card and programs.
func plays(t *testing.T, data []byte, works []entry, title string, s play.Setup) *bench {
	t.Helper()
	book := &serving{officeOf(t, works).Scoring().Desk("j001"), data}
	b := sit(t, book, judge.PlayWith(s))
	b.Clock = &kittest.Clock{}
	for _, w := range b.duties().Works {
		if w.Title == title {
			kittest.TapRow(t, b.root, string(w.Code), 2)
		}
	}
	return b
}

func song() []entry {
	return []entry{{"法治之歌", "歌曲", map[string][]byte{"甲某1的歌.wav": waveOf(1)}}, {"别的", "征文", nil}}
}

func TestASoundPlaysAtTheDesk(t *testing.T) {
	c := &card{}
	b := plays(t, waveOf(30), song(), "法治之歌", play.Setup{Sink: c, Random: new(even)})
	b.shows("播放", "0:00 / 0:30")
	b.typing(" ") // the cursor is in a mark
	if c.voice == nil || !c.voice.on {
		t.Fatal("a blank does not play")
	}
	b.hear(c, 3*time.Second)
	b.shows("暂停", "0:03 / 0:30")
	b.press(fyne.KeyF4)
	b.hear(c, time.Second)
	b.shows("0:14 / 0:30")
	b.press(fyne.KeyF3)
	b.press(fyne.KeyF8)
	b.press(fyne.KeyF8)
	b.hear(c, time.Second)
	b.shows("0:05 / 0:30")
	if v := c.voice.volume; v < 0.79 || v > 0.81 {
		t.Errorf("two steps softer is %.2f", v)
	}
	b.typing(" ")
	b.shows("播放")
	b.hear(c, time.Second)
	b.shows("0:05 / 0:30")
	kittest.Tap(t, b.root, "播放")
	b.hear(c, time.Second)
	b.shows("0:06 / 0:30")
	last := c.voice
	kittest.Tap(t, b.root, "下一件")
	if last.on || b.Clock.Waiting() > 0 && kittest.Shows(b.root, "0:06") {
		t.Error("a sound goes on behind another work")
	}
	if len(b.Errors) > 0 {
		t.Error(b.Errors)
	}
}

func TestASoundThatWasNotHeardIsAskedAboutOnce(t *testing.T) {
	c := &card{}
	b := plays(t, waveOf(30), song(), "法治之歌", play.Setup{Sink: c, Random: new(even)})
	b.marks(b.duties().Rubrics["歌曲"])
	if n := len(b.Asked); n != 1 || b.Asked[0].Title != "有文件还没有看过" {
		t.Fatalf("asked %v", b.Asked)
	}
	b.Asked = nil
	b.typing(" ")
	b.press(fyne.KeyReturn)
	if len(b.Asked) > 0 {
		t.Errorf("asked again: %v", b.Asked)
	}
}

func TestTheListSaysWhatWasNotLookedAt(t *testing.T) {
	c := &card{}
	b := plays(t, waveOf(30), song(), "法治之歌", play.Setup{Sink: c, Random: new(even)})
	b.press(fyne.KeyEscape)
	b.shows("看过", "还没看")
	for _, w := range b.duties().Works {
		if w.Title == "法治之歌" {
			kittest.TapRow(t, b.root, string(w.Code), 2)
		}
	}
	b.typing(" ")
	b.press(fyne.KeyEscape)
	b.shows("已看")
	if kittest.Shows(b.root, "还没看") {
		t.Errorf("shown: %q", kittest.Texts(b.root))
	}
}

func TestWithoutACardASoundSaysSo(t *testing.T) {
	c := &card{err: judging.Fail(judging.Unavailable, "media.no_card", nil)}
	b := plays(t, waveOf(30), song(), "法治之歌", play.Setup{Sink: c, Random: new(even)})
	b.typing(" ")
	b.shows("没有能用的声音设备", "播放")
}

func TestWithoutFFmpegAFilmSaysWhatIsMissing(t *testing.T) {
	film, err := filmOf(t)
	if err != nil {
		t.Fatal(err)
	}
	works := []entry{{"短片", "微视频", map[string][]byte{"甲某的短片.mp4": film}}}
	b := plays(t, film, works, "短片", play.Setup{Sink: &card{}, Random: new(even)})
	b.shows("没有 ffmpeg", "0:02", "用浏览器播放", "用系统程序打开")
	t.Setenv("PATH", t.TempDir())
	kittest.Tap(t, b.root, "用浏览器播放")
	if len(b.Errors) != 1 || !strings.Contains(b.Err(b.Errors[0]), "缺浏览器") {
		t.Errorf("%v", b.Errors)
	}
}

func TestAFilmPlaysAtTheDeskWithItsPicture(t *testing.T) {
	film, err := filmOf(t)
	if err != nil {
		t.Fatal(err)
	}
	c := &card{}
	works := []entry{{"短片", "微视频", map[string][]byte{"甲某的短片.mp4": film}}}
	b := plays(t, film, works, "短片", play.Setup{
		Tools: play.FindTools(), Sink: c, Random: new(even), Now: time.Now,
	})
	b.shows("播放", "0:00 / 0:02")
	poster := b.seen()
	if r, g, bl, _ := poster.At(400, 300).RGBA(); r < 0xC000 || g > 0x3000 || bl > 0x3000 {
		t.Errorf("the poster is not red: %x %x %x", r, g, bl)
	}
	b.typing(" ")
	b.hear(c, time.Second)
	b.shows("暂停", "0:01 / 0:02")
	b.hear(c, 2*time.Second)
	b.shows("播放", "0:02 / 0:02")
	b.page.(interface{ Leave() }).Leave()
	if c.voice.on {
		t.Error("a film goes on behind a desk that was left")
	}
}

// filmOf is a red film of two seconds.
func filmOf(t *testing.T) ([]byte, error) {
	t.Helper()
	at := filepath.Join(t.TempDir(), "a.mp4")
	out, err := exec.CommandContext(context.Background(), "ffmpeg", "-v", "error", "-f", "lavfi", "-i",
		"color=red:s=320x240:r=25:d=2", "-f", "lavfi", "-i", "sine=d=2", at).CombinedOutput()
	if err != nil {
		return nil, errors.New("ffmpeg can't make a film: " + string(out))
	}
	return os.ReadFile(at)
}
