import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from meice.kernel.tables import Tables


class Migration(Tables):

    initial = True

    dependencies = [
        ('orgs', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kind', models.CharField(choices=[('task', '要你办'), ('reminder', '催办'), ('result', '办理结果'), ('alarm', '告警')], max_length=8, verbose_name='类别')),
                ('text', models.CharField(max_length=300, verbose_name='内容')),
                ('url', models.CharField(blank=True, max_length=300)),
                ('sent_at', models.DateTimeField(verbose_name='时间')),
                ('read_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': '消息',
                'ordering': ['-sent_at', '-id'],
                'indexes': [models.Index(fields=['user', '-sent_at'], name='notice_inbox'), models.Index(condition=models.Q(('read_at', None)), fields=['user'], name='notice_unread')],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('notice', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='letter', to='notices.notice')),
                ('message_id', models.CharField(max_length=120, unique=True)),
                ('sent_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': '邮件',
            },
        ),
    ]
