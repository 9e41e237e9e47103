package command

// The environment carries secrets, because command lines are seen by every program on the machine.
const (
	PasswordVariable = "FAYI_PASSWORD"   // of a contest
	PINVariable      = "FAYI_PIN"        // of a judge
	PhraseVariable   = "FAYI_PASSPHRASE" // of a packet; without it one is drawn and printed
)

// settings are the variables of the environment that carry secrets to commands.
var settings = []struct{ name, key string }{
	{PasswordVariable, "cli.env_password"}, {PINVariable, "cli.env_pin"}, {PhraseVariable, "cli.env_phrase"},
}
