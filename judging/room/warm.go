package room

import (
	"context"
	"fmt"
	"image"

	"fayi/judging"
)

// warm makes the small pictures that stand in judges' lists before anybody asks: at nine o'clock all devices ask at
// once. One is made at a time, the other processor is for those who are here, and no more than half of what is kept.
// What can't be made now is made, or refused in words, when a judge asks.
func (s *Server) warm(ctx context.Context) {
	judges, err := s.Door.Judges(ctx)
	if err != nil {
		return
	}
	done := map[judging.WorkCode]bool{}
	for _, judge := range judges {
		desk := s.Desk(judge)
		in, err := desk.Duties(ctx)
		if err != nil {
			continue
		}
		for _, w := range in.Works {
			if ctx.Err() != nil || s.stills.full() {
				return
			}
			if done[w.Code] || len(w.Files) == 0 || !pictured[w.Files[0].Kind] {
				continue
			}
			done[w.Code] = true
			s.warmOne(ctx, desk, part{Code: w.Code, Size: smallSize})
		}
	}
}

func (s *Server) warmOne(ctx context.Context, desk Desk, p part) {
	f, err := s.open(ctx, desk, p)
	if err != nil {
		return
	}
	defer f.Close()
	// to its end: who asks for the same meanwhile waits for it, and the file stays open as long
	draw := func(ctx context.Context) (image.Image, error) { return s.draw(ctx, f, p) }
	_, _ = s.stills.get(context.WithoutCancel(ctx), p.still(f.sum), p.quality(), draw)
}

// still names the picture of a part of the content with a sum.
func (p part) still(sum string) string {
	return fmt.Sprintf("%s %d %d %d", sum, p.Page, p.Piece, p.Size)
}

// quality is that of JPEG in which the picture of a part is sent.
func (p part) quality() int {
	if p.Size == smallSize {
		return coverQuality
	}
	return stillQuality
}

// full reports whether half of what may be kept is.
func (s *Stills) full() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.bytes > s.most/2 || s.kept.Len() > mostStills/2
}
