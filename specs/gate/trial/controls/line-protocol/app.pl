use strict;
use warnings;
use IO::Socket::INET;

$SIG{CHLD} = 'IGNORE';
$SIG{TERM} = sub { exit 0 };
my $server = IO::Socket::INET->new(LocalPort => 7000, Listen => 50, ReuseAddr => 1) or die "listen: $!";
while (1) {
    my $client = $server->accept or next;
    next if fork;
    while (my $line = <$client>) { print $client $line eq "PING\n" ? "PONG\n" : "ERR\n" }
    exit;
}
