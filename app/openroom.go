package app

import "fayi/app/organizer/room"

// newKeeper returns what holds the open room of this window.
func (s *Session) newKeeper() *room.Keeper {
	return room.NewKeeper(room.Config{
		Texts: s.app.cfg.Catalogue, Now: s.files.Now, News: s.app.Changed,
		Follow: func(listening func()) { s.follow(listening) },
	})
}

// askClosing asks before the window closes over an open room or a reply that was never saved.
func (s *Session) askClosing(close func()) bool {
	if !s.room.IsOpen() {
		return s.askReply(close)
	}
	s.room.AskClose(s.app, room.Quitting, func() {
		if !s.askReply(close) {
			close()
		}
	})
	return true
}
