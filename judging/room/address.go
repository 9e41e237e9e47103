package room

import (
	"crypto/hmac"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"fayi/judging"
	"fayi/judging/room/sign"
)

// addressSpan is how long an address of a medium is the same, so that a browser may keep what it got; it is valid for
// one to two of them.
const addressSpan = 6 * time.Hour

// The sizes of pictures that are made, in pixels of the longer side.
const (
	smallSize = 320
	largeSize = 1600
	wholeSize = 4096 // of what browsers can't draw themselves
)

// part names what of a file is shown.
type part struct {
	Code  judging.WorkCode
	File  int
	Page  int  // of a document, from 1; 0: the first, or the picture itself
	Piece int  // picture among the words of a document, from 1; 0: none
	Size  int  // of the longer side; 0: the file as it is
	Pair  bool // it is opened where works are compared in pairs, not at the desk
}

// name is what a browser calls it when it is kept: the work's number and the file's.
func (p part) name(ending string) string {
	name := fmt.Sprintf("%s-%d", p.Code, p.File+1)
	if p.Page > 0 {
		name += fmt.Sprintf("-%d", p.Page)
	}
	if p.Piece > 0 {
		name += fmt.Sprintf("-%d", p.Piece)
	}
	return name + ending
}

func (p part) signed(key []byte, name, pass, until string) string {
	return sign.Short(key, name, pass, until, string(p.Code), strconv.Itoa(p.File), strconv.Itoa(p.Page),
		strconv.Itoa(p.Piece), strconv.Itoa(p.Size), strconv.FormatBool(p.Pair))
}

// address is where one judge gets a part for some hours, as a picture.
func (s *Server) address(pass string, p part) string { return s.addressAs(pass, p, ".jpg") }

// addressAs is address for what is no picture.
func (s *Server) addressAs(pass string, p part, ending string) string {
	until := strconv.FormatInt(s.Now().Truncate(addressSpan).Add(2*addressSpan).Unix(), 36)
	q := url.Values{"k": {pass}, "u": {until}, "c": {string(p.Code)}, "n": {strconv.Itoa(p.File)}}
	for key, v := range map[string]int{"p": p.Page, "i": p.Piece, "w": p.Size} {
		if v > 0 {
			q.Set(key, strconv.Itoa(v))
		}
	}
	if p.Pair {
		q.Set("q", "1")
	}
	name := p.name(ending)
	q.Set("s", p.signed(s.media, name, pass, until))
	return s.Prefix + "/media/" + url.PathEscape(name) + "?" + q.Encode()
}

// partOf reads an address. Errors: Forbidden for one that was not signed here or is out of date.
func (s *Server) partOf(r *http.Request) (part, string, error) {
	q := r.URL.Query()
	var bad error
	number := func(key string) int {
		if q.Get(key) == "" {
			return 0
		}
		n, err := strconv.Atoi(q.Get(key))
		bad = errors.Join(bad, err)
		return n
	}
	p := part{Code: judging.WorkCode(q.Get("c")), File: number("n"), Page: number("p"), Piece: number("i"),
		Size: number("w"), Pair: number("q") > 0}
	pass, until := q.Get("k"), q.Get("u")
	at, err := strconv.ParseInt(until, 36, 64)
	own := p.signed(s.media, r.PathValue("name"), pass, until)
	if errors.Join(bad, err) != nil || !hmac.Equal([]byte(own), []byte(q.Get("s"))) || s.Now().Unix() > at {
		return p, "", judging.Fail(judging.Forbidden, "room.old_address", nil)
	}
	return p, pass, nil
}
