use strict;
use warnings;
use IO::Socket::INET;

$| = 1;
$SIG{CHLD} = 'IGNORE';
my $server = IO::Socket::INET->new(LocalPort => 8080, Listen => 50, ReuseAddr => 1) or die "listen: $!";
$SIG{TERM} = sub { exit 0 };
while (1) {
    my $client = $server->accept or next;
    next if fork;
    my $path = (split / /, scalar(<$client>) // '')[1] // '';
    while (my $line = <$client>) { last if $line =~ /^\r?\n$/ }
    sleep 1, select(undef, undef, undef, 0.6) if $path eq '/livez';
    print $client "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n";
    close $client;
    exit;
}
