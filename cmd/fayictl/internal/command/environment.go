package command

// The environment carries secrets, because command lines are seen by every program on the machine.
const (
	PasswordVariable = "FAYI_PASSWORD"        // of a contest
	NewVariable      = "FAYI_NEW_PASSWORD"    // the next password, where it is changed
	BackupVariable   = "FAYI_BACKUP_PASSWORD" // of the time of a backup
	PINVariable      = "FAYI_PIN"             // of a judge
	PhraseVariable   = "FAYI_PASSPHRASE"      // of a packet; without it one is drawn and printed
	DepotVariable    = "FAYI_DEPOT_SECRET"    // of the user of an object store
	HallVariable     = "FAYI_HALL_TOKEN"      // of a hall's organiser
	MailVariable     = "FAYI_MAIL_PASSWORD"   // of a mailbox

	// DetailsVariable is no secret: set, it adds to an internal fault what technicians want to know of it, which may
	// hold names of files.
	DetailsVariable = "FAYI_DETAILS"
)

// settings are the variables of the environment that commands know.
var settings = []struct{ name, key string }{
	{PasswordVariable, "cli.env_password"}, {NewVariable, "cli.env_new_password"},
	{BackupVariable, "cli.env_backup_password"}, {PINVariable, "cli.env_pin"}, {PhraseVariable, "cli.env_phrase"},
	{DepotVariable, "cli.env_depot"}, {HallVariable, "cli.env_hall"}, {MailVariable, "cli.env_mail"},
	{DetailsVariable, "cli.env_details"},
}
