package hall

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
	"unicode/utf8"

	"fayi/internal/regular"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/passes"
	"fayi/judging/room"
	"fayi/judging/sealing"
	"fayi/judging/store/seal"
)

// openContest opens a contest and the room over it. What it panics with is an error of this contest only. Errors: those
// of opening; Forbidden where it has a password and the hall was not given it.
func (h *Hall) openContest(ctx context.Context, c *contest) (o *opened, err error) {
	defer func() {
		if p := recover(); p != nil {
			o, err = nil, judging.Fail(judging.Internal, "error.internal", judging.Args{"Detail": fmt.Sprint(p)})
		}
	}()
	file, err := os.Stat(database(c.dir()))
	if err != nil {
		return nil, errAbsent
	}
	of, err := h.Door.Open(ctx, c.dir(), h.Door.Known(func(l seal.Lock) (*seal.Key, error) {
		password, err := h.password(c.name)
		if err != nil {
			return nil, err
		}
		return h.Door.Typed(password)(l)
	}))
	if err != nil {
		return nil, err
	}
	o = &opened{office: of, file: file, ended: make(chan struct{})}
	if err = h.prove(ctx, c, of); err == nil {
		o.room, err = h.roomOf(ctx, c, o)
	}
	if err != nil {
		return nil, errors.Join(err, of.Close())
	}
	if f, shared := h.Door.Standing(c.dir()); shared {
		f.DB.Tend(h.Now)
	}
	if o.sending, err = h.sendingOf(c, of); err != nil {
		return nil, errors.Join(err, of.Close())
	}
	watching, end := context.WithCancel(context.WithoutCancel(ctx))
	o.end = end
	go func() {
		defer close(o.ended)
		checked := make(chan struct{})
		go func() {
			defer close(checked)
			o.sending.Run(watching)
		}()
		o.room.Watch(watching)
		<-checked
	}()
	return o, nil
}

// prove wants the organiser's password of a contest which has one that seals nothing, as for every act of an
// organiser. Errors: Forbidden.
func (h *Hall) prove(ctx context.Context, c *contest, o *office.Office) error {
	if o.Secrets().Sealed() {
		return nil
	}
	has, err := o.Secrets().HasPassword(ctx)
	if err != nil || !has {
		return err
	}
	password, err := h.password(c.name)
	if err != nil {
		return err
	}
	return o.Secrets().CheckPassword(ctx, password)
}

// newsBeat is how long what others did may wait before judges' pages hear of it; a stage is not held up. Looking for
// news costs as much as saving does, and a room does it for each page that is open.
const newsBeat = 10 * time.Second

func (h *Hall) roomOf(ctx context.Context, c *contest, o *opened) (*room.Server, error) {
	door, err := o.office.Passes().Door(ctx)
	if err != nil {
		return nil, err
	}
	return room.New(room.Config{
		Door: counted{door, c}, Papers: h.papers, Text: h.Text, Random: h.Random, Now: h.Now,
		Desk: func(j judging.JudgeID) room.Desk {
			return desk{o.office.Scoring().Desk(j).InRoom(), c, o}
		},
		Pairs: func(j judging.JudgeID) room.Pairs {
			return pairs{o.office.Comparisons().Desk(j).InRoom(), desk{nil, c, o}}
		},
		Hosts: []string{h.address.Host}, Prefix: prefix(c.slug), Stills: h.stills,
		Board: o.office.Live().Board, Subscribe: o.office.Subscribe, Beat: newsBeat,
	})
}

// counted is a contest's door that lets in no more devices than the hall wants.
type counted struct {
	passes.Door

	contest *contest
}

// Admit implements room.Door. Errors: Busy.
func (d counted) Admit(ctx context.Context, pass, device, kind string) error {
	if err := d.Door.Admit(ctx, pass, device, kind); err != nil {
		return err
	}
	return d.contest.bounds.device(pass, d.contest.hall.Now())
}

// mostPassword is more than anybody types, in bytes.
const mostPassword = 1 << 10

// password is what opens the contest in a folder: what was typed when the hall was started, else what its file holds.
// Errors: Forbidden.
func (h *Hall) password(name string) (string, error) {
	if typed := h.Typed[name]; typed != "" {
		return typed, nil
	}
	if h.Passwords == "" {
		return "", judging.Fail(judging.Forbidden, "hall.needs_password", nil)
	}
	path := filepath.Join(h.Passwords, name)
	raw, err := regular.ReadFile(path, mostPassword)
	if err != nil {
		return "", judging.Fail(judging.Forbidden, "hall.needs_password", nil).Because(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		return "", judging.Fail(judging.Forbidden, "hall.needs_password", nil).Because(err)
	}
	if info.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows" {
		return "", judging.Fail(judging.Forbidden, "hall.password_open", nil)
	}
	text := strings.TrimRight(string(raw), "\r\n")
	if text == "" || !utf8.ValidString(text) {
		return "", judging.Fail(judging.Forbidden, "hall.needs_password", nil)
	}
	return text, nil
}

// Sealed lists the folders of contests that can't be read without a password, and have none in Passwords.
func (h *Hall) Sealed() []string {
	var out []string
	for _, c := range h.all() {
		if is, err := sealing.Sealed(c.dir()); is && err == nil {
			if _, err := h.password(c.name); err != nil {
				out = append(out, c.name)
			}
		}
	}
	return out
}
