package app

import (
	"os"
	"path/filepath"
	"strings"

	"fayi/app/kit"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/app/rescue"
	"fayi/judging"
	"fayi/judging/packet"
	"fayi/judging/sealing"
)

// ownKind is a kind of file that this program writes, and that means something of its own on every page.
type ownKind string

// The kinds of own files; "" is for all else, which pages take.
const (
	ownArchive ownKind = "archive"
	ownContest ownKind = "contest"
	ownPacket  ownKind = "packet"
	ownReply   ownKind = "reply"
	ownBackup  ownKind = "backup"
)

// ownKindOf tells what a file of ours is: by its name where that is sure, else by how it begins.
func ownKindOf(path string) ownKind {
	info, err := os.Lstat(path)
	if err != nil {
		return ""
	}
	dir := path
	if filepath.Base(path) == contestFile {
		dir = filepath.Dir(path)
	}
	if there, err := os.Lstat(filepath.Join(dir, contestFile)); err == nil && there.Mode().IsRegular() {
		return ownContest
	} else if info.IsDir() {
		return ""
	}
	switch {
	case rescue.IsArchive(path):
		return ownArchive
	case strings.EqualFold(filepath.Ext(path), ".db"):
		if _, err := sealing.Sealed(path); err == nil {
			return ownBackup
		}
		return ""
	}
	h, err := packet.Peek(path)
	switch {
	case err != nil:
		return ""
	case h.Reply:
		return ownReply
	}
	return ownPacket
}

// dropped does with own files what they are for, or says what they are; false where they are for the page.
func (s *Session) dropped(paths []string) bool {
	for _, path := range paths {
		kind, here := ownKindOf(path), s.app.Route().Kind
		if kind == "" || kind == ownReply && here == page.Packets {
			continue
		}
		name := judging.Args{"File": filepath.Base(path), "Folder": "backups"}
		tell := func(key string) {
			s.app.Tell(kit.Notice{Tone: look.Info, Text: s.app.T(key, name)})
		}
		switch {
		case atDesk(s.app.Route()) || s.guard.On():
			tell("rescue.drop_desk")
		case kind == ownReply:
			tell("rescue.drop_reply")
		case kind == ownBackup:
			tell("rescue.drop_backup")
		case len(paths) > 1:
			tell("rescue.drop_one")
		default:
			s.Open(path)
		}
		return true
	}
	return false
}
