package room

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"path/filepath"
	"time"

	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/office/passes"
	"fayi/judging/room/sign"
)

// content is a judge's copy of a file, open.
type content struct {
	io.ReadSeekCloser
	path string // "" where it is not known
	sum  string // of the copy; it stays inside
	size int64
	kind filetype.Type
}

// shelf is where a judge's copies of files are opened.
type shelf interface {
	OpenFile(ctx context.Context, code judging.WorkCode, n, side int) (judging.OpenFile, error)
}

// shelfOf is where a part is opened for a judge: at their desk, or where they compare works in pairs.
func (s *Server) shelfOf(judge judging.JudgeID, p part) shelf {
	if p.Pair && s.Pairs != nil {
		return s.Pairs(judge)
	}
	return s.Desk(judge)
}

// open opens the file of a part as the judge may see it. Errors: those of judging.Ballots.OpenFile.
func (s *Server) open(ctx context.Context, from shelf, p part) (*content, error) {
	f, err := from.OpenFile(ctx, p.Code, p.File, 0)
	if err != nil {
		return nil, err
	}
	c := &content{ReadSeekCloser: f.ReadSeekCloser}
	if err := c.examine(); err != nil {
		f.Close()
		return nil, judging.Fail(judging.Unavailable, "room.unreadable", nil).Because(err)
	}
	return c, nil
}

// examine finds out size, type and sum, and goes back to the beginning.
func (c *content) examine() error {
	var err error
	if c.size, err = c.Seek(0, io.SeekEnd); err != nil {
		return err
	}
	if err := c.rewind(); err != nil {
		return err
	}
	head := make([]byte, min(c.size, filetype.HeadSize))
	if _, err := io.ReadFull(c, head); err != nil {
		return err
	}
	c.kind = filetype.Of(head, "")
	if named, ok := c.ReadSeekCloser.(interface{ Name() string }); ok {
		c.path = named.Name()
		if base := filepath.Base(c.path); isSum(base) {
			c.sum = base
			return c.rewind()
		}
	}
	if err := c.rewind(); err != nil {
		return err
	}
	h := sha256.New()
	if _, err := io.Copy(h, c); err != nil {
		return err
	}
	c.sum = hex.EncodeToString(h.Sum(nil))
	return c.rewind()
}

func isSum(name string) bool {
	raw, err := hex.DecodeString(name)
	return err == nil && len(raw) == sha256.Size
}

func (c *content) rewind() error {
	_, err := c.Seek(0, io.SeekStart)
	return err
}

// tag marks content for caches. It does not say what the content's own sum is: whoever has the original would know it.
func (s *Server) tag(parts ...string) string { return `"` + sign.Short(s.tags, parts...) + `"` }

// played are the types of what browsers play, by formats.
var played = map[string]string{
	"mp4": "video/mp4", "mov": "video/mp4", "mkv": "video/webm", "ogg": "application/ogg", "m4a": "audio/mp4",
	"mp3": "audio/mpeg", "wav": "audio/wav", "flac": "audio/flac", "aac": "audio/aac",
}

// drawn are the types of pictures that every browser draws.
var drawn = map[string]string{"jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif"}

// mime is the type that a copy is sent as. What a browser might run is a file to be kept.
func (c *content) mime() string {
	for _, known := range []map[string]string{played, drawn} {
		if m := known[c.kind.Format]; m != "" {
			return m
		}
	}
	return "application/octet-stream"
}

// serveFile sends a copy as it is, or the parts of it that are asked for.
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request, c *content) {
	h := w.Header()
	h.Set("Content-Type", c.mime())
	if h.Get("Content-Type") == "application/octet-stream" {
		h.Set("Content-Disposition", "attachment")
	}
	h.Set("ETag", s.tag(c.sum))
	h.Set("Cache-Control", "private, max-age=7200")
	deadline(w, filmIn)
	http.ServeContent(w, r, "", time.Time{}, c)
}

// medium sends what an address stands for. The address was signed for one judge and a time; the work must still be
// theirs.
func (s *Server) medium(w http.ResponseWriter, r *http.Request) {
	guest, err := s.sendMedium(w, r)
	if err != nil {
		s.fail(w, r, guest, err)
	}
}

func (s *Server) sendMedium(w http.ResponseWriter, r *http.Request) (passes.Guest, error) {
	p, pass, err := s.partOf(r)
	if err != nil {
		return passes.Guest{}, err
	}
	guest, err := s.Door.Find(r.Context(), pass)
	if err != nil {
		return guest, err
	}
	slots := s.limits.slots(pass)
	select {
	case slots <- struct{}{}:
		defer func() { <-slots }()
	case <-r.Context().Done():
		return guest, r.Context().Err()
	}
	f, err := s.open(r.Context(), s.shelfOf(guest.Judge, p), p)
	if err != nil {
		return guest, err
	}
	defer f.Close()
	if p.Size == 0 {
		s.serveFile(w, r, f)
		return guest, nil
	}
	return guest, s.serveStill(w, r, f, p)
}
