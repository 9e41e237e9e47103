package play

import (
	"context"
	"image"
	"io"
	"sync"
	"time"

	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/media"
	"fayi/judging/media/sound"
)

// Setup is what sounds and films are opened with.
type Setup struct {
	Tools  Tools
	Sink   Sink
	Now    func() time.Time // for films on a computer that can make nothing audible
	Random io.Reader        // for the addresses under which files are handed to ffmpeg and to a browser
}

// Media is one sound or film, opened.
type Media struct {
	Type   filetype.Type
	Length time.Duration // 0 for not known
	Player *Player       // nil where nothing here plays it
	Poster *image.RGBA   // of a film, a little after its beginning; nil without ffmpeg

	// Why says why there is no Player: Unavailable "media.no_ffmpeg" where ffmpeg would play it, else that the file
	// is broken.
	Why error

	setup Setup
	file  Opener
	one   sync.Mutex
	local *Local
}

// Open finds out what a file is and how it can be played: by package sound, else by ffmpeg. What nothing here plays
// is no error: Media.Why says why. size is of the poster, in pixels. Errors: those of opening the file; Unavailable
// "media.no_local"; ctx.Err().
func Open(ctx context.Context, s Setup, file Opener, size image.Point) (*Media, error) {
	m := &Media{setup: s, file: file}
	f, err := file(ctx)
	if err != nil {
		return nil, err
	}
	facts, err := m.measure(f)
	if err != nil {
		_ = f.Close() // it was only read
		return nil, err
	}
	if sound.Decodes(m.Type.Format) && m.Type.Kind == filetype.Audio {
		src, length, err := OpenSound(f, facts.Bytes, m.Type.Format)
		if err == nil {
			m.Player, m.Length = NewPlayer(src, nil, s.Sink, length), length
			return m, nil
		}
		m.Why = err
	} else {
		_ = f.Close() // as above
	}
	if err := m.byFFmpeg(ctx, size); err != nil {
		_ = m.Close() // nothing was kept in it
		return nil, err
	}
	return m, nil
}

// measure finds out what the file is.
func (m *Media) measure(f io.ReadSeeker) (judging.FileFacts, error) {
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return judging.FileFacts{}, judging.Fail(judging.Unavailable, "media.unreadable", nil)
	}
	head := make([]byte, min(size, filetype.HeadSize))
	at := &readerAt{f: f}
	if _, err := at.ReadAt(head, 0); err != nil && err != io.EOF {
		return judging.FileFacts{}, judging.Fail(judging.Unavailable, "media.unreadable", nil)
	}
	m.Type = filetype.Of(head, "")
	facts, err := media.Measured(at, size, "")
	m.Length = time.Duration(facts.Seconds * float64(time.Second))
	return facts, err
}

// byFFmpeg has ffmpeg play it, or says why not.
func (m *Media) byFFmpeg(ctx context.Context, size image.Point) error {
	if _, known := media.Demuxer(m.Type.Format); !known {
		return nil
	}
	if m.setup.Tools.FFmpeg == "" {
		if m.Why == nil {
			m.Why = judging.Fail(judging.Unavailable, "media.no_ffmpeg", nil)
		}
		return nil
	}
	local, err := m.Local(Page{})
	if err != nil {
		return err
	}
	info, err := Probe(ctx, m.setup.Tools, local.File(), m.Type.Format)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		m.Why = err
		return nil
	}
	if info.Length == 0 {
		info.Length = m.Length
	}
	m.Why, m.Length = nil, info.Length
	src, reel := OpenFilm(m.setup.Tools, local.File(), m.Type.Format, info)
	m.Player = NewPlayer(src, reel, m.sink(info), info.Length)
	if reel != nil {
		reel.Resize(size)
		m.Poster, err = reel.Poster(min(3*time.Second, info.Length/10))
	}
	return err
}

// sink lets a film go on where nothing can be heard; a sound can't.
func (m *Media) sink(info Info) Sink {
	if !info.Picture {
		return m.setup.Sink
	}
	return &orSilent{m.setup.Sink, Silent{m.setup.Now}}
}

// orSilent is a sink, and silence where that fails.
type orSilent struct {
	first Sink
	then  Silent
}

// Start implements Sink.
func (s *orSilent) Start(r io.Reader) (Voice, error) {
	if v, err := s.first.Start(r); err == nil {
		return v, nil
	}
	return s.then.Start(r)
}

// Mute reports whether the film goes on without sound, since nothing can be heard on this computer. It is known once
// it was played.
func (p *Player) Mute() bool {
	if !p.one.TryLock() {
		return false
	}
	defer p.one.Unlock()
	_, mute := p.voice.(*mute)
	return mute
}

// Local is the address at which a browser plays the file, with a page around it. It is the same at each call and
// lasts until Close. Errors: those of Serve.
func (m *Media) Local(page Page) (*Local, error) {
	m.one.Lock()
	defer m.one.Unlock()
	if m.local == nil {
		l, err := Serve(m.setup.Random, m.file, mimes[m.Type.Format])
		if err != nil {
			return nil, err
		}
		m.local = l
	}
	if page.Title != "" {
		m.local.show(page)
	}
	return m.local, nil
}

// mimes are the types of what browsers play, by formats. Those that none plays are missing.
var mimes = map[string]string{
	"mp4": "video/mp4", "mov": "video/mp4", "mkv": "video/webm", "ogg": "application/ogg", "m4a": "audio/mp4",
	"mp3": "audio/mpeg", "wav": "audio/wav", "flac": "audio/flac", "aac": "audio/aac",
}

// Plays reports whether a file of a kind and format plays inside with these programs. What is unknown is tried, so it
// counts as played.
func (t Tools) Plays(kind filetype.Kind, format string) bool {
	_, known := media.Demuxer(format)
	return !known || t.FFmpeg != "" || kind == filetype.Audio && sound.Decodes(format)
}

// InBrowser reports whether browsers play a format, as far as can be known.
func InBrowser(format string) bool { return mimes[format] != "" }

// Close ends all that plays or hands out the file.
func (m *Media) Close() error {
	var err error
	if m.Player != nil {
		err = m.Player.Close()
	}
	m.one.Lock()
	defer m.one.Unlock()
	if m.local != nil {
		_ = m.local.Close() // it listens no more
		m.local = nil
	}
	return err
}

// readerAt reads from places of what seeks, one reading at a time.
type readerAt struct {
	one sync.Mutex
	f   io.ReadSeeker
}

// ReadAt implements io.ReaderAt.
func (r *readerAt) ReadAt(p []byte, at int64) (int, error) {
	r.one.Lock()
	defer r.one.Unlock()
	if _, err := r.f.Seek(at, io.SeekStart); err != nil {
		return 0, err
	}
	n, err := io.ReadFull(r.f, p)
	if err == io.ErrUnexpectedEOF {
		err = io.EOF
	}
	return n, err
}
