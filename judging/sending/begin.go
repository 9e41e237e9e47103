package sending

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"path"
	"regexp"
	"strings"

	"github.com/tus/tusd/v2/pkg/handler"

	"fayi/judging"
	"fayi/judging/office/sending"
)

var isSum = regexp.MustCompile(`^[0-9a-f]{64}$`)

// taken are the endings of names that are taken: parcels, and lists as spreadsheet programs save them.
var taken = map[string]bool{
	".zip": true, ".xlsx": true, ".xlsm": true, ".xls": true, ".et": true, ".ods": true, ".csv": true,
}

// mayBegin decides whether a unit may begin to send a file, before a byte of it is sent.
func (s *Server) mayBegin(h handler.HookEvent) (handler.HTTPResponse, handler.FileInfoChanges, error) {
	unit, _ := h.Context.Value(unitKey{}).(string)
	name, err := s.begin(h.Context, unit, h.Upload)
	if err != nil {
		s.tellOrganiser(h.Context, sending.Delivery{Unit: unit, Name: name, Bytes: h.Upload.Size}, err)
		return handler.HTTPResponse{}, handler.FileInfoChanges{}, s.inProtocol(h, err)
	}
	until := s.Now().Add(keptHalf).UTC().Format(http.TimeFormat)
	return handler.HTTPResponse{Header: handler.HTTPHeader{"Upload-Expires": until}}, handler.FileInfoChanges{
		MetaData: handler.MetaData{"unit": unit, "filename": name, "sha256": h.Upload.MetaData["sha256"]},
	}, nil
}

// unfit are the refusals that the organiser sees, too: a person has to do something, and knows not always what. What
// passes by itself is not among them, nor what no page sends.
var unfit = map[string]bool{
	"sending.closed": true, "sending.kind": true, "sending.empty": true, "sending.too_big": true,
}

// tellOrganiser notes for the organiser what was not taken. Where that can't be written the unit has its answer all the
// same.
func (s *Server) tellOrganiser(ctx context.Context, d sending.Delivery, why error) {
	known := (*judging.Error)(nil)
	if errors.As(why, &known) && unfit[known.Text] {
		_ = s.Door.Refuse(ctx, d, why)
	}
}

// begin returns the name under which a file is kept. Errors: why it must not be sent, in words.
func (s *Server) begin(ctx context.Context, unit string, u handler.FileInfo) (string, error) {
	said := u.MetaData["filename"]
	ending := strings.ToLower(path.Ext(said))
	name := judging.LegalName(strings.TrimSuffix(path.Base(strings.ReplaceAll(said, `\`, "/")), path.Ext(said)), ending)
	opening, err := s.Door.Opening(ctx)
	if err != nil {
		return "", err
	}
	asArgs := judging.Args{"Name": name, "MB": u.Size >> 20, "Most": opening.Most >> 20}
	switch {
	case !opening.Now(s.Now()):
		return name, judging.Fail(judging.Closed, "sending.closed", nil)
	case !isSum.MatchString(u.MetaData["sha256"]) || u.SizeIsDeferred || len(said) > 1000:
		return "", judging.Fail(judging.Invalid, "sending.bad_request", nil)
	case !taken[ending]:
		return name, judging.Fail(judging.Invalid, "sending.kind", asArgs)
	case u.Size == 0:
		return name, judging.Fail(judging.Invalid, "sending.empty", asArgs)
	case u.Size > opening.Most:
		return name, judging.Fail(judging.Invalid, "sending.too_big", asArgs)
	case !s.limits.begins(unit):
		return "", judging.Fail(judging.Busy, "sending.too_many", nil)
	}
	if d, known, err := s.Door.Known(ctx, unit, u.MetaData["sha256"]); err != nil || known {
		if err == nil {
			err = judging.Fail(judging.Clash, "sending.known", judging.Args{"ID": d.ID})
		}
		return "", err
	}
	return name, s.hasRoom(ctx, unit, u.Size, opening.Most)
}

// hasRoom holds what a unit has sent and the disk against what is to come: the bytes, and once more while they are
// kept. Errors: Busy, Unavailable.
func (s *Server) hasRoom(ctx context.Context, unit string, size, most int64) error {
	halves, own := 0, size
	for _, n := range s.shelf.all() {
		if n.Unit == unit && (n.State == receiving || n.State == checking) {
			halves++
			own += n.Size
		}
	}
	all, err := s.Door.Deliveries(ctx, unit)
	if err != nil {
		return err
	}
	waiting := 0
	for _, d := range all {
		if d.State == "waiting" {
			waiting++
			own += d.Bytes
		}
	}
	switch {
	case halves >= mostHalves:
		return judging.Fail(judging.Busy, "sending.halves", judging.Args{"N": halves})
	case waiting >= mostKept, own > 3*most:
		return judging.Fail(judging.Busy, "sending.waiting", judging.Args{"N": waiting})
	}
	left, err := s.Free(s.Dir)
	if err != nil {
		return judging.Fail(judging.Unavailable, "sending.no_room", nil).Because(err)
	}
	if to, here := s.shelf.missing(); left-to-here-2*size < spare {
		return judging.Fail(judging.Unavailable, "sending.no_room", nil)
	}
	return nil
}

// mayEnd lets a unit drop what it has not sent to its end.
func (s *Server) mayEnd(h handler.HookEvent) (handler.HTTPResponse, error) {
	if n, there := s.shelf.get(h.Upload.ID, ""); there && n.State != receiving {
		return handler.HTTPResponse{}, s.inProtocol(h, judging.Fail(judging.Closed, "sending.arrived", nil))
	}
	return handler.HTTPResponse{}, nil
}

// inProtocol is an error as the protocol answers with it, in the words of who asks.
func (s *Server) inProtocol(h handler.HookEvent, err error) error {
	status, f := s.failure(h.HTTPRequest.Header.Get("Accept-Language"), err)
	raw, _ := json.Marshal(f) // texts and numbers always can be
	return handler.Error{ErrorCode: f.Key, Message: f.Text, HTTPResponse: handler.HTTPResponse{
		StatusCode: status, Body: string(raw), Header: handler.HTTPHeader{"Content-Type": jsonType},
	}}
}
