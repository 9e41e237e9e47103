package room

import (
	"context"
	"errors"
	"io"

	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/media/prose"
)

const (
	mostWordsFile = 64 << 20 // bytes of a document that is read for its words
	mostPages     = 500      // of a document
)

// Look is how a page shows one file of a work.
type Look struct {
	Show  string  `json:"show"`            // picture, pages, words, film, sound or none
	Bytes int64   `json:"bytes"`           // of the copy
	Small string  `json:"small,omitempty"` // addresses: a small picture,
	Large string  `json:"large,omitempty"` // one that fills a screen,
	Whole string  `json:"whole,omitempty"` // and all there is, to be zoomed in or played
	Pages []Leaf  `json:"pages,omitempty"` // of a document
	Words []Piece `json:"words,omitempty"` // of a text
	Why   string  `json:"why,omitempty"`   // of none: unplayable, unshown, unclean or broken
}

// Leaf is a page of a document.
type Leaf struct {
	Large string `json:"large"`
	Whole string `json:"whole"`
}

// Piece is words of a text, or a picture among them.
type Piece struct {
	Text    string `json:"text,omitempty"`
	Picture string `json:"picture,omitempty"` // its address
	Lost    bool   `json:"lost,omitempty"`    // there is a picture that can't be shown
}

// looks says how to show all files of a work.
func (s *Server) looks(ctx context.Context, v visit, of part) ([]Look, error) {
	out := []Look{}
	for of.File = 0; ; of.File++ {
		f, err := s.open(ctx, s.shelfOf(v.Judge, of), of)
		switch judging.CodeOf(err) {
		case "":
		case judging.NotFound:
			return out, nil
		case judging.Closed: // somebody must look at it first
			out = append(out, Look{Show: "none", Why: "unclean"})
			continue
		default:
			return out, err
		}
		l, err := s.look(ctx, v.pass, f, of)
		f.Close()
		if gone(ctx, err) {
			return out, err
		}
		if err != nil {
			l = Look{Show: "none", Bytes: f.size, Why: "broken"}
		}
		out = append(out, l)
	}
}

// look says how to show one file.
func (s *Server) look(ctx context.Context, pass string, f *content, p part) (Look, error) {
	l := Look{Bytes: f.size, Show: "none", Why: "unshown"}
	sized := func(of part, size int) string { of.Size = size; return s.address(pass, of) }
	switch {
	case f.kind.Show == filetype.AsPixels:
		l = Look{Show: "picture", Bytes: f.size, Small: sized(p, smallSize), Large: sized(p, largeSize)}
		l.Whole = sized(p, wholeSize)
		if drawn[f.kind.Format] != "" {
			l.Whole = s.addressAs(pass, p, f.kind.Ext)
		}
	case f.kind.Kind == filetype.Audio || f.kind.Kind == filetype.Video:
		l.Why = "unplayable"
		if played[f.kind.Format] != "" {
			l = Look{Show: "film", Bytes: f.size, Whole: s.addressAs(pass, p, f.kind.Ext)}
			if f.kind.Kind == filetype.Audio {
				l.Show = "sound"
			} else {
				l.Small, l.Large = sized(p, smallSize), sized(p, largeSize)
			}
		}
	case f.kind.Show == filetype.AsPages:
		n, err := s.stills.pages(ctx, s.Papers, f)
		if err != nil {
			return l, err
		}
		l = Look{Show: "pages", Bytes: f.size, Small: sized(p, smallSize)}
		for i := range min(n, mostPages) {
			p.Page = i + 1
			l.Pages = append(l.Pages, Leaf{Large: sized(p, largeSize), Whole: sized(p, wholeSize)})
		}
	case f.kind.Show == filetype.AsWords:
		pieces, err := s.stills.pieces(ctx, f)
		if err != nil {
			return l, err
		}
		l = Look{Show: "words", Bytes: f.size, Words: s.words(pass, p, pieces)}
	}
	return l, nil
}

// words puts addresses in the place of pictures.
func (s *Server) words(pass string, p part, pieces []prose.Piece) []Piece {
	var out []Piece
	p.Size = largeSize
	for i, one := range pieces {
		piece := Piece{Text: one.Text}
		if one.Text == "" {
			piece.Lost = len(one.Picture) == 0
			if p.Piece = i + 1; !piece.Lost {
				piece.Picture = s.address(pass, p)
			}
		}
		out = append(out, piece)
	}
	return out
}

// readPieces reads the words of a document and the pictures among them.
func readPieces(f *content) ([]prose.Piece, error) {
	if f.size > mostWordsFile {
		return nil, errors.New("document too large")
	}
	raw, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	return prose.Pieces(raw)
}
