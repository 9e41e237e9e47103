package media

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"image"
	"image/png"
	"io"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/media/internal/fault"
)

// filmTime is how long ffmpeg or ffprobe may take for one file; a still needs both.
const filmTime = 9 * time.Second

// maxStill is how many bytes a picture out of a film may take as PNG.
const maxStill = 32 << 20

// demuxers names, for each format of ours, what ffmpeg reads it by. Nothing is ever left to its own guess: it would
// take a text for a list of other files to open.
var demuxers = map[string]string{
	"mp4":  "mov",
	"mov":  "mov",
	"m4a":  "mov",
	"avi":  "avi",
	"mkv":  "matroska",
	"wmv":  "asf",
	"wma":  "asf",
	"flv":  "flv",
	"mpg":  "mpeg",
	"ts":   "mpegts",
	"mp3":  "mp3",
	"wav":  "wav",
	"flac": "flac",
	"ogg":  "ogg",
	"aac":  "aac",
	"amr":  "amr",
	"rm":   "rm",
}

// Demuxer is what ffmpeg reads a format of package filetype by; false for what it is never given.
func Demuxer(format string) (string, bool) {
	d, ok := demuxers[format]
	return d, ok
}

// filmInput are the arguments that let ffmpeg open one file of the disk, as what it is, and nothing else.
func filmInput(path, format string) ([]string, error) {
	demuxer, ok := demuxers[format]
	if !ok {
		return nil, noPreview()
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fault.Unreadable(err)
	}
	return []string{"-v", "error", "-protocol_whitelist", "file", "-f", demuxer, "-i", "file:" + abs}, nil
}

func noPreview() *judging.Error { return judging.Fail(judging.Invalid, "media.no_preview", nil) }

// run starts a program without a shell and returns what it wrote, at most most bytes.
func run(ctx context.Context, most int, program string, args ...string) ([]byte, error) {
	return runFor(ctx, filmTime, most, program, args...)
}

// runFor is run with a time of its own.
func runFor(ctx context.Context, limited time.Duration, most int, program string, args ...string) ([]byte, error) {
	at, err := exec.LookPath(program)
	if err != nil {
		return nil, judging.Fail(judging.Unavailable, "media.no_ffmpeg", nil)
	}
	limit, cancel := context.WithTimeout(ctx, limited)
	defer cancel()
	cmd := exec.CommandContext(limit, at, args...)
	cmd.WaitDelay = time.Second
	out := &capped{left: most}
	cmd.Stdout = out
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		// its words hold the file's name
		return nil, judging.Fail(judging.Invalid, "media.bad_film", nil).Because(errors.New("the program gave up"))
	}
	return out.Bytes(), nil
}

// capped keeps what is written until there is too much.
type capped struct {
	bytes.Buffer

	left int
}

// Write fails once more was written than may be.
func (c *capped) Write(b []byte) (int, error) {
	if len(b) > c.left {
		return 0, io.ErrShortWrite
	}
	c.left -= len(b)
	return c.Buffer.Write(b)
}

// FilmFacts adds to facts what only ffprobe can tell of the film or sound at path: its length and size, where they
// are not known yet. Errors: Unavailable "media.no_ffmpeg" where it is not installed, Invalid "media.bad_film",
// "media.no_preview" for formats it is not asked about; ctx.Err().
func FilmFacts(ctx context.Context, path string, facts *judging.FileFacts) error {
	input, err := filmInput(path, facts.Format)
	if err != nil {
		return err
	}
	out, err := run(
		ctx, 1<<20, "ffprobe",
		append(input, "-of", "json", "-show_entries", "format=duration:stream=codec_type,width,height")...,
	)
	if err != nil {
		return err
	}
	var said struct {
		Format struct {
			Duration string `json:"duration"`
		} `json:"format"`
		Streams []struct {
			Type   string `json:"codec_type"`
			Width  int    `json:"width"`
			Height int    `json:"height"`
		} `json:"streams"`
	}
	if err := json.Unmarshal(out, &said); err != nil {
		return judging.Fail(judging.Invalid, "media.bad_film", nil).Because(err)
	}
	if s, err := strconv.ParseFloat(said.Format.Duration, 64); err == nil && s > 0 && s < 1e7 && facts.Seconds == 0 {
		facts.Seconds = s
	}
	for _, s := range said.Streams {
		if s.Type == "video" && facts.Width == 0 && facts.Kind == string(filetype.Video) {
			facts.Width, facts.Height = s.Width, s.Height
		}
	}
	return nil
}

// FilmStill takes a picture out of the film at path, a little after its beginning, no side over side pixels. Errors
// are those of FilmFacts.
func FilmStill(ctx context.Context, path string, facts judging.FileFacts, side int) (image.Image, error) {
	input, err := filmInput(path, facts.Format)
	if err != nil {
		return nil, err
	}
	size := strconv.Itoa(max(side, 16))
	out := []string{
		"-frames:v", "1", "-an", "-vf", "scale=" + size + ":" + size + ":force_original_aspect_ratio=decrease", "-f",
		"image2pipe", "-c:v", "png", "-",
	}
	var data []byte
	for _, at := range []float64{min(3, facts.Seconds/10), 0} {
		args := append([]string{"-nostdin", "-threads", "1", "-ss", strconv.FormatFloat(at, 'f', 3, 64)}, input...)
		if data, err = run(ctx, maxStill, "ffmpeg", append(args, out...)...); err != nil || len(data) > 0 {
			break
		}
	}
	if err != nil {
		return nil, err
	}
	p, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, judging.Fail(judging.Invalid, "media.bad_film", nil).Because(err)
	}
	return p, nil
}
