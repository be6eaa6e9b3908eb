console.log('There is no demonstration yet.');
