package room

// Stills counts the pictures that are ready.
func (s *Server) Stills() int {
	s.stills.mu.Lock()
	defer s.stills.mu.Unlock()
	return s.stills.kept.Len()
}
