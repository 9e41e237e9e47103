package play

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"io"
	"math"
	"strconv"
	"strings"
	"sync"
	"time"

	"fayi/judging"
)

// Info is what ffprobe says of a film or a sound.
type Info struct {
	Length  time.Duration // 0 for not known
	Sound   bool
	Picture bool
	Rate    float64 // pictures a second
}

// probeTime is how long ffprobe may take.
const probeTime = 15 * time.Second

// maxProbe is the most bytes that ffprobe may say.
const maxProbe = 1 << 20

// Probe asks ffprobe about the film at a local address; without ffprobe, all that could be is assumed. Errors:
// Unavailable "media.no_ffmpeg", Invalid "media.bad_film", ctx.Err().
func Probe(ctx context.Context, tools Tools, address, format string) (Info, error) {
	if tools.FFprobe == "" && tools.FFmpeg != "" {
		return Info{Sound: true, Picture: true, Rate: 25}, nil
	}
	in, err := input(address, format)
	if err != nil {
		return Info{}, err
	}
	c, err := launch(tools.FFprobe, append(in, "-of", "json", "-show_entries",
		"format=duration:stream=codec_type,avg_frame_rate,duration:stream_disposition=attached_pic")...)
	if err != nil {
		return Info{}, err
	}
	limit, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	defer context.AfterFunc(limit, c.stop)()
	said, err := io.ReadAll(io.LimitReader(c, maxProbe))
	c.stop()
	if ctx.Err() != nil {
		return Info{}, ctx.Err()
	}
	info, good := readProbe(said)
	if err != nil || !good {
		return Info{}, judging.Fail(judging.Invalid, "media.bad_film", nil)
	}
	return info, nil
}

// readProbe reads what ffprobe says.
func readProbe(said []byte) (Info, bool) {
	var p struct {
		Format struct {
			Duration string `json:"duration"`
		} `json:"format"`
		Streams []struct {
			Type        string         `json:"codec_type"`
			Rate        string         `json:"avg_frame_rate"`
			Duration    string         `json:"duration"`
			Disposition map[string]int `json:"disposition"`
		} `json:"streams"`
	}
	if json.Unmarshal(said, &p) != nil {
		return Info{}, false
	}
	info := Info{Rate: 25, Length: duration(p.Format.Duration)}
	for _, s := range p.Streams {
		switch {
		case s.Type == "audio":
			info.Sound = true
		case s.Type == "video" && s.Disposition["attached_pic"] == 0 && !info.Picture:
			info.Picture = true
			if r := ratio(s.Rate); r > 0 {
				info.Rate = min(r, maxRate)
			}
		}
		if info.Length == 0 {
			info.Length = duration(s.Duration)
		}
	}
	return info, info.Sound || info.Picture
}

func duration(text string) time.Duration {
	s, err := strconv.ParseFloat(text, 64)
	if err != nil || !(s > 0 && s < 1e6) {
		return 0
	}
	return time.Duration(s * float64(time.Second))
}

// ratio reads “25/1”.
func ratio(text string) float64 {
	above, below, _ := strings.Cut(text, "/")
	a, err := strconv.ParseFloat(above, 64)
	b, err2 := strconv.ParseFloat(below, 64)
	if err != nil || err2 != nil || !(b > 0) || !(a > 0 && a < 1e9) {
		return 0
	}
	return a / b
}

// OpenFilm has ffmpeg play the film or sound at a local address. reel is nil for what has no picture.
func OpenFilm(tools Tools, address, format string, info Info) (source Source, reel *Reel) {
	if info.Picture {
		reel = newReel(tools, address, format, info.Rate)
	}
	return &track{
		tools: tools, address: address, format: format, sounds: info.Sound,
		total: int64(info.Length.Seconds() * Rate), pad: info.Picture,
	}, reel
}

// track is the sound of a film.
type track struct {
	tools   Tools
	address string
	format  string
	sounds  bool
	total   int64 // frames, 0 for not known
	pad     bool  // with silence, as long as the pictures last

	one   sync.Mutex // guards child: a reading that waits for it is ended by Close
	child *child
	at    int64
	raw   []byte
	odd   int // bytes of an unfinished frame at the beginning of raw
}

// GoTo starts ffmpeg at a frame.
func (t *track) GoTo(frame int64) error {
	t.Interrupt()
	t.at, t.odd = frame, 0
	if !t.sounds {
		return nil
	}
	in, err := input(t.address, t.format)
	if err != nil {
		return err
	}
	at := time.Duration(float64(frame) / Rate * float64(time.Second))
	args := append([]string{"-nostdin", "-ss", seconds(at)}, in...)
	args = append(args, "-map", "0:a:0", "-vn", "-sn", "-dn",
		"-af", "aresample="+strconv.Itoa(Rate)+":async=1:first_pts=0", "-ac", "2", "-f", "f32le", "pipe:1")
	c, err := launch(t.tools.FFmpeg, args...)
	t.one.Lock()
	t.child = c
	t.one.Unlock()
	return err
}

// Read reads what ffmpeg writes, and silence behind it while pictures last.
func (t *track) Read(p []float32) (int, error) {
	n, err := t.sound(p[:len(p)/Channels*Channels])
	if n > 0 {
		t.at += int64(n / Channels)
		return n, nil
	}
	if rest := (t.total - t.at) * Channels; t.pad && rest > 0 {
		n = int(min(int64(len(p)/Channels*Channels), rest))
		clear(p[:n])
		t.at += int64(n / Channels)
		return n, nil
	}
	if err == nil {
		err = io.EOF
	}
	return 0, err
}

// sound reads whole frames; 0 at the end.
func (t *track) sound(p []float32) (int, error) {
	t.one.Lock()
	c := t.child
	t.one.Unlock()
	if c == nil {
		return 0, io.EOF
	}
	if t.raw == nil {
		t.raw = make([]byte, 4*8192)
	}
	room := min(len(t.raw), 4*len(p))
	n, err := io.ReadAtLeast(c, t.raw[t.odd:room], FrameBytes-t.odd)
	have := t.odd + n
	whole := have / FrameBytes * FrameBytes
	for i := 0; i < whole; i += 4 {
		v := math.Float32frombits(binary.LittleEndian.Uint32(t.raw[i:]))
		p[i/4] = min(max(v, -1), 1)
	}
	t.odd = copy(t.raw, t.raw[whole:have])
	if whole == 0 && err == io.ErrUnexpectedEOF {
		err = io.EOF
	}
	return whole / 4, err
}

// Interrupt ends ffmpeg, and with it a Read that waits for it.
func (t *track) Interrupt() {
	t.one.Lock()
	c := t.child
	t.child = nil
	t.one.Unlock()
	if c != nil {
		c.stop()
	}
}

// Close ends ffmpeg.
func (t *track) Close() error {
	t.Interrupt()
	return nil
}
